using System.Buffers;
using System.Text.Json;

namespace Fal.Wire;

/// <summary>The position in a serialized request for the URL of a media file after its upload.</summary>
internal readonly record struct FalJsonHole(int Position, FalMedia Media)
{
    // A hole contains "null" until it is filled, so that the base library's writer has a value between commas.
    private const int Length = 4;

    public static FalJsonHole Write(Utf8JsonWriter json, FalMedia media)
    {
        json.WriteNullValue();
        return new((int)(json.BytesCommitted + json.BytesPending) - Length, media);
    }

    /// <summary>Returns a copy of <paramref name="json"/> with the URL of each media file in its hole.</summary>
    public static ReadOnlyMemory<byte> Fill(ReadOnlySpan<byte> json, List<FalJsonHole> holes, Func<FalMedia, string> urlOf)
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
