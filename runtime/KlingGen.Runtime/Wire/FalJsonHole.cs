using System.Buffers;
using System.Text.Json;

namespace Fal.Wire;

/// <summary>The position in a written request where the URL of a medium belongs once it is uploaded.</summary>
internal readonly record struct FalJsonHole(int Position, FalMedia Media)
{
    // A hole holds "null" until it is filled, so that the base library's writer has a value to put commas around.
    private const int Length = 4;

    public static FalJsonHole Write(Utf8JsonWriter json, FalMedia media)
    {
        json.WriteNullValue();
        return new((int)(json.BytesCommitted + json.BytesPending) - Length, media);
    }

    /// <summary>A copy of <paramref name="json"/> with the URL of each medium in its hole.</summary>
    public static ReadOnlyMemory<byte> Fill(ReadOnlySpan<byte> json, IReadOnlyList<FalJsonHole> holes, Func<FalMedia, string> urlOf)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + 128 * holes.Count);
        var done = 0;
        foreach (var (position, media) in holes)
        {
            buffer.Write(json[done..position]);
            using (var writer = new Utf8JsonWriter(buffer, FalJsonText.WriterOptions))
                writer.WriteStringValue(urlOf(media));
            done = position + Length;
        }

        buffer.Write(json[done..]);
        return buffer.WrittenMemory;
    }
}
