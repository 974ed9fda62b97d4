using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>One box of an ISO media file (MP4, MOV, HEIF): its four-letter type and the range of its content.</summary>
internal readonly record struct IsoBox(uint Type, long Start, long End)
{
    public bool Is(ReadOnlySpan<byte> type) => BinaryPrimitives.ReadUInt32BigEndian(type) == Type;
}

/// <summary>Iterates over boxes. A box that exceeds its parent is cut to it, so that a truncated file still yields its known values.</summary>
internal static class IsoBoxes
{
    private const int MostChildren = 512;

    public static IEnumerable<IsoBox> In(ProbeWindow window, long start, long end)
    {
        for (var i = 0; i < MostChildren && start <= end - 8; i++)
        {
            if (!TryRead(window, start, end, out var box)) yield break;
            yield return box;
            start = box.End;
        }
    }

    public static IsoBox? Find(ProbeWindow window, IsoBox parent, ReadOnlySpan<byte> type, int skip = 0)
    {
        var wanted = BinaryPrimitives.ReadUInt32BigEndian(type);
        foreach (var box in In(window, parent.Start + skip, parent.End))
        {
            if (box.Type == wanted) return box;
        }
        return null;
    }

    private static bool TryRead(ProbeWindow window, long start, long end, out IsoBox box)
    {
        box = default;
        var head = window.At(start, 16);
        if (head.Length < 8) return false;
        ulong size = BinaryPrimitives.ReadUInt32BigEndian(head);
        var header = 8;
        if (size == 1)
        {
            if (head.Length < 16) return false;
            size = BinaryPrimitives.ReadUInt64BigEndian(head[8..]);
            header = 16;
        }
        var room = (ulong)(end - start);
        if (size == 0) size = room; // to the end
        if (size < (ulong)header) return false;
        var boxEnd = size > room ? end : start + (long)size;
        box = new IsoBox(BinaryPrimitives.ReadUInt32BigEndian(head[4..]), Math.Min(start + header, boxEnd), boxEnd);
        return true;
    }
}
