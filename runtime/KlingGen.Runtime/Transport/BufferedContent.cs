namespace Fal;

/// <summary>A body that is in memory, and can be looked at without being used up or copied.</summary>
internal sealed class BufferedContent(byte[] body) : ByteArrayContent(body)
{
    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;
}
