namespace Fal.Emulation;

/// <summary>
/// H.264 encoder (Constrained Baseline) for frames of flat tiles. A tile is one macroblock, predicted from its neighbour and
/// corrected by one DC coefficient per plane; a tile that is unchanged since the previous frame is skipped. The encoding is
/// lossless: with this quantiser, one level of the coefficient is exactly one step of luma, or two of chroma.
/// </summary>
internal sealed class TileVideoEncoder(int columns, int rows)
{
    // At QP 28 the scale is 16 * 16 << 4: a luma level L becomes 64 L, and (64 L + 32) >> 6 = L is added to every pixel.
    // Chroma is shifted by one less: 2 L.
    private const int Quantiser = 28;
    private const int InitialQuantiser = 26;
    private const int FrameNumberBits = 4;
    private const byte ParameterSetUnit = 0x67, PictureParameterUnit = 0x68, KeyUnit = 0x65, DifferenceUnit = 0x61;

    private readonly TileColour[] _shown = new TileColour[columns * rows];
    private int _frameNumber;
    private int _keys;

    /// <summary>Creates the sequence parameter set (SPS): the size, and that display order is decoding order.</summary>
    public byte[] SequenceParameters()
    {
        var bits = new BitWriter();
        bits.Bits(66, 8); // Baseline
        bits.Bits(0b1100_0000, 8); // constrained: Main decoders accept it as well
        bits.Bits(31, 8); // level 3.1, up to 1280×720
        bits.Unsigned(0); // id
        bits.Unsigned(FrameNumberBits - 4);
        bits.Unsigned(2); // display order is decoding order
        bits.Unsigned(1); // number of reference frames
        bits.Flag(false); // no gaps in frame numbers
        bits.Unsigned(columns - 1);
        bits.Unsigned(rows - 1);
        bits.Flag(true); // only frames, no fields
        bits.Flag(true); // direct_8x8_inference
        bits.Flag(false); // no cropping
        bits.Flag(false); // no usability information
        bits.End();
        return bits.ToUnit(ParameterSetUnit);
    }

    /// <summary>Creates the picture parameter set (PPS).</summary>
    public static byte[] PictureParameters()
    {
        var bits = new BitWriter();
        bits.Unsigned(0); // id
        bits.Unsigned(0); // id of the SPS
        bits.Flag(false); // CAVLC, not CABAC
        bits.Flag(false); // no bottom-field order
        bits.Unsigned(0); // one slice group
        bits.Unsigned(0); // one reference, list 0
        bits.Unsigned(0); // one reference, list 1
        bits.Flag(false); // no weighted prediction
        bits.Bits(0, 2);
        bits.Signed(Quantiser - InitialQuantiser);
        bits.Signed(0);
        bits.Signed(0); // chroma has the same quantiser
        bits.Flag(true); // slices control the deblocking filter
        bits.Flag(false); // no constrained intra prediction
        bits.Flag(false); // no redundant pictures
        bits.End();
        return bits.ToUnit(PictureParameterUnit);
    }

    /// <summary>
    /// Encodes the next frame. A key frame is independent; any other frame contains the differences from the previous one.
    /// </summary>
    public byte[] Encode(Func<int, int, TileColour> tileAt, bool isKey)
    {
        var bits = new BitWriter();
        WriteSliceHeader(bits, isKey);
        var skipped = 0;
        for (var i = 0; i < _shown.Length; i++)
        {
            var tile = tileAt(i % columns, i / columns);
            if (!isKey && tile == _shown[i])
            {
                skipped++;
                continue;
            }
            if (!isKey) bits.Unsigned(skipped);
            skipped = 0;
            WriteTile(bits, tile, i, isKey);
            _shown[i] = tile;
        }
        if (skipped > 0) bits.Unsigned(skipped);
        bits.End();
        return bits.ToUnit(isKey ? KeyUnit : DifferenceUnit);
    }

    private void WriteSliceHeader(BitWriter bits, bool isKey)
    {
        _frameNumber = isKey ? 0 : (_frameNumber + 1) % (1 << FrameNumberBits);
        bits.Unsigned(0); // first macroblock
        bits.Unsigned(isKey ? 7 : 5); // all slices of the frame are I, or P
        bits.Unsigned(0); // picture parameter set
        bits.Bits((uint)_frameNumber, FrameNumberBits);
        if (isKey)
        {
            bits.Unsigned(_keys++ % 2); // adjacent key frames have different ids
            bits.Flag(false); // earlier frames may still be output
            bits.Flag(false); // no long-term reference
        }
        else
        {
            bits.Flag(false); // number of references from the PPS
            bits.Flag(false); // default order of references
            bits.Flag(false); // sliding window: the oldest reference is removed
        }
        bits.Signed(0); // quantiser from the PPS
        bits.Unsigned(1); // deblocking filter off
    }

    private void WriteTile(BitWriter bits, TileColour tile, int index, bool isKey)
    {
        // A flat neighbour predicts a flat tile, from the left or from above. The first tile has neither and starts from grey.
        var hasLeft = index % columns > 0;
        var hasAbove = index >= columns;
        var near = hasLeft ? _shown[index - 1] : hasAbove ? _shown[index - columns] : TileColour.Grey;
        var (lumaMode, chromaMode) = hasLeft ? (1, 1) : hasAbove ? (0, 2) : (2, 0);
        var blue = (tile.Blue - near.Blue) / 2;
        var red = (tile.Red - near.Red) / 2;
        var hasColour = blue != 0 || red != 0;

        bits.Unsigned(1 + lumaMode + (hasColour ? 4 : 0) + (isKey ? 0 : 5));
        bits.Unsigned(chromaMode);
        bits.Signed(0); // quantiser unchanged
        WriteLevel(bits, tile.Luma - near.Luma, none: (0b1, 1), one: (0b01, 2), more: (0b000101, 6));
        if (!hasColour) return;
        WriteLevel(bits, blue, none: (0b01, 2), one: (0b1, 1), more: (0b000111, 6));
        WriteLevel(bits, red, none: (0b01, 2), one: (0b1, 1), more: (0b000111, 6));
    }

    /// <summary>
    /// Writes a block whose only nonzero coefficient can be the first. The codes are for a level of 0, of ±1 and for any other level.
    /// </summary>
    private static void WriteLevel(BitWriter bits, int level, (uint Code, int Length) none, (uint Code, int Length) one, (uint Code, int Length) more)
    {
        var (code, length) = level switch { 0 => none, 1 or -1 => one, _ => more };
        bits.Bits(code, length);
        if (level == 0) return;
        if (level is 1 or -1) bits.Flag(level < 0);
        else WriteLargeLevel(bits, level > 0 ? 2 * level - 4 : -2 * level - 3);
        bits.Bits(1, 1); // no zeros before it
    }

    // Unary up to 14; then 4 bits after 14 zeros, then 12 bits after 15.
    private static void WriteLargeLevel(BitWriter bits, int number)
    {
        var (zeros, rest, length) = number < 14 ? (number, 0, 0) : number < 30 ? (14, number - 14, 4) : (15, number - 30, 12);
        bits.Bits(1, zeros + 1);
        bits.Bits((uint)rest, length);
    }
}
