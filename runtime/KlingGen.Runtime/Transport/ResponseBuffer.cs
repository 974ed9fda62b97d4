using System.Buffers;

namespace Fal;

/// <summary>Reads an answer's body while its try is still running, so that a body that breaks off or never ends is a failed try.</summary>
internal static class ResponseBuffer
{
    /// <summary>More than any result that carries its files inside; less than what takes a process down.</summary>
    public const int Longest = 512 * 1024 * 1024;

    /// <summary>Replaces the body of <paramref name="response"/> by one that is in memory.</summary>
    public static async Task LoadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var content = response.Content;
        var announced = content.Headers.ContentLength;
        if (announced > Longest) throw TooLong();
        byte[] body;
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            body = announced is { } length
                ? await ReadExactlyAsync(stream, (int)length, cancellationToken).ConfigureAwait(false)
                : await ReadToEndAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        Replace(response, body);
    }

    private static void Replace(HttpResponseMessage response, byte[] body)
    {
        var old = response.Content;
        var content = new BufferedContent(body);
        foreach (var header in old.Headers.NonValidated)
        {
            if (header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var value in header.Value) content.Headers.TryAddWithoutValidation(header.Key, value);
        }
        response.Content = content;
        old.Dispose();
    }

    private static async Task<byte[]> ReadExactlyAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        // A length is only a claim until the bytes are there, so memory follows the bytes.
        var body = new byte[Math.Min(length, 1024 * 1024)];
        var read = 0;
        while (read < length)
        {
            if (read == body.Length) Array.Resize(ref body, (int)Math.Min(length, 2L * body.Length));
            var count = await stream.ReadAsync(body.AsMemory(read), cancellationToken).ConfigureAwait(false);
            if (count == 0) throw new HttpIOException(HttpRequestError.ResponseEnded, "The answer ended before its announced length.");
            read += count;
        }
        return body;
    }

    private static async Task<byte[]> ReadToEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var read = 0;
            while (true)
            {
                var count = await stream.ReadAsync(buffer.AsMemory(read), cancellationToken).ConfigureAwait(false);
                if (count == 0) return buffer.AsSpan(0, read).ToArray();
                read += count;
                if (read > Longest) throw TooLong();
                if (read < buffer.Length) continue;
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FalProtocolException TooLong() => new($"The answer is longer than {Longest / (1024 * 1024)} MiB, which is more than any result holds.");
}
