using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>The EXIF orientation tag, which can swap width and height.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;

    /// <param name="tiff">The TIFF structure of the EXIF data.</param>
    public static bool IsQuarterTurn(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return false;
        var little = tiff[0] == (byte)'I';
        if (!tiff.StartsWith(little ? "II*\0"u8 : "MM\0*"u8)) return false;
        var directory = U32(tiff[4..], little);
        if (directory > tiff.Length - 2) return false;
        var entries = tiff[(int)directory..];
        var count = U16(entries, little);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
        {
            if (U16(entries, little) == Tag) return U16(entries[8..], little) is >= 5 and <= 8;
        }
        return false;
    }

    private static ushort U16(ReadOnlySpan<byte> at, bool little)
        => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint U32(ReadOnlySpan<byte> at, bool little)
        => little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
