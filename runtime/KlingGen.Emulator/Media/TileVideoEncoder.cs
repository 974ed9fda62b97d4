namespace Fal.Emulation;

/// <summary>
/// Encodes pictures of flat tiles as H.264, Constrained Baseline. A tile is one macroblock, predicted from its neighbour and corrected by a single
/// coefficient per plane; a tile that has not changed since the picture before is skipped. Nothing is lost: the quantiser is chosen so that a
/// level of the coefficient is exactly one step of brightness, or two of colour.
/// </summary>
internal sealed class TileVideoEncoder(int columns, int rows)
{
    // At 28 the scale is 16 * 16 << 4: a luma level L becomes 64 L, and (64 L + 32) >> 6 = L is added to every pixel. Chroma is shifted by one
    // less: 2 L.
    private const int Quantiser = 28;
    private const int InitialQuantiser = 26;
    private const int FrameNumberBits = 4;
    private const byte ParameterSetUnit = 0x67, PictureParameterUnit = 0x68, KeyUnit = 0x65, DifferenceUnit = 0x61;

    private readonly TileColour[] _shown = new TileColour[columns * rows];
    private int _frameNumber;
    private int _keys;

    /// <summary>The sequence parameter set: size, and that pictures come in the order in which they are shown.</summary>
    public byte[] SequenceParameters()
    {
        var bits = new BitWriter();
        bits.Bits(66, 8); // Baseline
        bits.Bits(0b1100_0000, 8); // constrained: decoders of Main take it as well
        bits.Bits(31, 8); // level 3.1, up to 1280×720
        bits.Unsigned(0); // id
        bits.Unsigned(FrameNumberBits - 4);
        bits.Unsigned(2); // order of display is order of decoding
        bits.Unsigned(1); // pictures to refer to
        bits.Flag(false); // no gaps in frame numbers
        bits.Unsigned(columns - 1);
        bits.Unsigned(rows - 1);
        bits.Flag(true); // whole frames, no fields
        bits.Flag(true); // direct_8x8_inference
        bits.Flag(false); // no cropping
        bits.Flag(false); // no usability information
        bits.End();
        return bits.ToUnit(ParameterSetUnit);
    }

    /// <summary>The picture parameter set.</summary>
    public static byte[] PictureParameters()
    {
        var bits = new BitWriter();
        bits.Unsigned(0); // id
        bits.Unsigned(0); // of which sequence
        bits.Flag(false); // variable-length codes, no arithmetic ones
        bits.Flag(false); // no order within the frame
        bits.Unsigned(0); // one group of slices
        bits.Unsigned(0); // one reference, list 0
        bits.Unsigned(0); // one reference, list 1
        bits.Flag(false); // no weights
        bits.Bits(0, 2);
        bits.Signed(Quantiser - InitialQuantiser);
        bits.Signed(0);
        bits.Signed(0); // chroma has the same quantiser
        bits.Flag(true); // slices say whether they are smoothed
        bits.Flag(false); // predict from any neighbour
        bits.Flag(false); // no redundant pictures
        bits.End();
        return bits.ToUnit(PictureParameterUnit);
    }

    /// <summary>The next picture. A key picture stands alone; another one says what differs from the picture before.</summary>
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
        bits.Unsigned(isKey ? 7 : 5); // all slices of the picture are I, or P
        bits.Unsigned(0); // picture parameter set
        bits.Bits((uint)_frameNumber, FrameNumberBits);
        if (isKey)
        {
            bits.Unsigned(_keys++ % 2); // neighbouring key pictures have different ids
            bits.Flag(false); // earlier pictures may still be shown
            bits.Flag(false); // no long-term reference
        }
        else
        {
            bits.Flag(false); // as many references as the parameter set says
            bits.Flag(false); // in their usual order
            bits.Flag(false); // the oldest one makes room
        }
        bits.Signed(0); // quantiser as the parameter set says
        bits.Unsigned(1); // edges are not smoothed
    }

    private void WriteTile(BitWriter bits, TileColour tile, int index, bool isKey)
    {
        // A flat neighbour predicts a flat tile, taken over from the left or from above. The first tile has neither and starts from grey.
        var hasLeft = index % columns > 0;
        var hasAbove = index >= columns;
        var near = hasLeft ? _shown[index - 1] : hasAbove ? _shown[index - columns] : TileColour.Grey;
        var (lumaMode, chromaMode) = hasLeft ? (1, 1) : hasAbove ? (0, 2) : (2, 0);
        var blue = (tile.Blue - near.Blue) / 2;
        var red = (tile.Red - near.Red) / 2;
        var hasColour = blue != 0 || red != 0;

        bits.Unsigned(1 + lumaMode + (hasColour ? 4 : 0) + (isKey ? 0 : 5));
        bits.Unsigned(chromaMode);
        bits.Signed(0); // the quantiser stays
        WriteLevel(bits, tile.Luma - near.Luma, none: (0b1, 1), one: (0b01, 2), more: (0b000101, 6));
        if (!hasColour) return;
        WriteLevel(bits, blue, none: (0b01, 2), one: (0b1, 1), more: (0b000111, 6));
        WriteLevel(bits, red, none: (0b01, 2), one: (0b1, 1), more: (0b000111, 6));
    }

    /// <summary>A block of coefficients of which only the first is not zero. The codes say how many there are: none, a one, another number.</summary>
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
