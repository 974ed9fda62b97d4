namespace Fal.Emulation;

/// <summary>Writer of bits, most significant first, and of the variable-length codes of H.264.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _free; // unused bits of the last byte

    public void Bits(uint value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            if (_free == 0)
            {
                _bytes.Add(0);
                _free = 8;
            }
            _free--;
            _bytes[^1] |= (byte)(((value >> i) & 1) << _free);
        }
    }

    public void Flag(bool value) => Bits(value ? 1u : 0u, 1);

    /// <summary>Writes ue(v), the unsigned Exp-Golomb code.</summary>
    public void Unsigned(int value)
    {
        var number = (uint)value + 1;
        var length = 32 - System.Numerics.BitOperations.LeadingZeroCount(number);
        Bits(0, length - 1);
        Bits(number, length);
    }

    /// <summary>Writes se(v), the signed Exp-Golomb code: 0, 1, −1, 2, −2, …</summary>
    public void Signed(int value) => Unsigned(value > 0 ? 2 * value - 1 : -2 * value);

    /// <summary>Ends the unit with a one bit and zeros up to the byte boundary.</summary>
    public void End()
    {
        Bits(1, 1);
        _free = 0;
    }

    /// <summary>
    /// Returns the bytes as an H.264 NAL unit with this header. An emulation prevention byte (3) is inserted after two zeros
    /// where a start code could be detected.
    /// </summary>
    public byte[] ToUnit(byte header)
    {
        var unit = new List<byte>(_bytes.Count + 8) { header };
        var zeros = 0;
        foreach (var value in _bytes)
        {
            if (zeros == 2 && value <= 3)
            {
                unit.Add(3);
                zeros = 0;
            }
            unit.Add(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return [.. unit];
    }
}
