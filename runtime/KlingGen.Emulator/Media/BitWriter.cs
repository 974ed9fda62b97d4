namespace Fal.Emulation;

/// <summary>Writes bits, highest first, and the variable-length numbers of H.264.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _free; // bits of the last byte that are not written yet

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

    /// <summary>ue(v): as many zeros as the number's bits after its first, then the number plus one.</summary>
    public void Unsigned(int value)
    {
        var number = (uint)value + 1;
        var length = 32 - System.Numerics.BitOperations.LeadingZeroCount(number);
        Bits(0, length - 1);
        Bits(number, length);
    }

    /// <summary>se(v): 0, 1, −1, 2, −2 … counted through.</summary>
    public void Signed(int value) => Unsigned(value > 0 ? 2 * value - 1 : -2 * value);

    /// <summary>Ends the unit: a one, then zeros up to the byte.</summary>
    public void End()
    {
        Bits(1, 1);
        _free = 0;
    }

    /// <summary>
    /// The bytes as a unit of H.264 with this header. Where two zeros would be followed by what looks like a start code, a 3 stands between.
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
