using System.Buffers;
using System.Net;

namespace Fal.Media;

/// <summary>A slice of a media file as a request body. Reads through one small buffer, and can be created again for a retry.</summary>
internal sealed class MediaContent(MediaBytes source, long offset, long length, UploadMeter.Part meter) : HttpContent
{
    private const int BufferLength = 128 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        => CopyAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }

    private async Task CopyAsync(Stream stream, CancellationToken ct)
    {
        meter.StartOver();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (long done = 0; done < length;)
            {
                var count = await ReadAsync(offset + done, buffer.AsMemory(0, (int)Math.Min(BufferLength, length - done)), ct).ConfigureAwait(false);
                await stream.WriteAsync(buffer.AsMemory(0, count), ct).ConfigureAwait(false);
                done += count;
                meter.Add(count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<int> ReadAsync(long at, Memory<byte> buffer, CancellationToken ct)
    {
        int count;
        try
        {
            count = await source.ReadAsync(at, buffer, ct).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is IOException or ObjectDisposedException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MediaUnreadableException("its bytes could not be read: " + ex.Message, ex);
        }
        return count > 0 ? count : throw new MediaUnreadableException("it became shorter while it was uploaded");
    }
}

/// <summary>
/// The local file could not be read, so that a retry cannot help. An InvalidOperationException, which the transport rethrows
/// unchanged.
/// </summary>
internal sealed class MediaUnreadableException(string message, Exception? innerException = null) : InvalidOperationException(message, innerException);
