using System.Net.Http.Headers;

namespace Fal;

/// <summary>A body in memory, which can be read repeatedly without a copy.</summary>
internal sealed class BufferedContent(byte[] body, int length) : ByteArrayContent(body, 0, length)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body.AsMemory(0, length);

    /// <summary>The body of a response; empty if it was not loaded.</summary>
    public static ReadOnlyMemory<byte> GetBody(HttpResponseMessage response) => response.Content is BufferedContent content ? content.Body : default;

    /// <summary>A request body of JSON.</summary>
    public static HttpContent ForJson(ReadOnlyMemory<byte> json) => new ReadOnlyMemoryContent(json) { Headers = { ContentType = Json } };
}
