namespace Fal;

/// <summary>
/// Reads an answer's body into memory within its attempt, so that a body that breaks off or never ends is a failed attempt.
/// At most one byte more than the limit is read from the connection.
/// </summary>
internal static class ResponseBuffer
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>Replaces the body of <paramref name="response"/> by one in memory.</summary>
    /// <param name="response">The answer, of which only the headers were read.</param>
    /// <param name="limit">The maximum number of bytes to keep.</param>
    /// <param name="truncates">True keeps the first <paramref name="limit"/> bytes of a longer body, false makes it an error.</param>
    /// <param name="partial">Receives the bytes of a body that broke off.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FalResponseTooLargeException">The body is longer than the limit.</exception>
    public static async Task LoadAsync(
        HttpResponseMessage response, int limit, bool truncates, PartialBody? partial, CancellationToken cancellationToken)
    {
        var content = response.Content;
        var announced = content.Headers.ContentLength;
        if (announced > limit && !truncates) throw new FalResponseTooLargeException(limit);
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var (body, length) = await ReadAsync(stream, announced, limit, truncates, partial, cancellationToken).ConfigureAwait(false);
            Replace(response, body, length);
        }
    }

    private static async ValueTask<(byte[] Body, int Length)> ReadAsync(
        Stream stream, long? announced, int limit, bool truncates, PartialBody? partial, CancellationToken cancellationToken)
    {
        // Content-Length is not trusted, so the buffer grows with the bytes received. No buffer is from a shared pool, which
        // would keep the memory of one large answer forever.
        var expected = (int)Math.Min(announced ?? FirstBuffer, limit);
        var body = new byte[Math.Min(Math.Max(expected, 1), ResponseLimits.Small)];
        var read = 0;
        try
        {
            while (announced is null || read < announced)
            {
                if (read == limit)
                {
                    if (truncates || !await HasMoreAsync(stream, cancellationToken).ConfigureAwait(false)) break;
                    throw new FalResponseTooLargeException(limit);
                }
                if (read == body.Length) Array.Resize(ref body, (int)Math.Min(limit, 2L * body.Length));
                var count = await stream.ReadAsync(body.AsMemory(read), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    if (announced is null) break;
                    throw new HttpIOException(HttpRequestError.ResponseEnded, "The answer ended before its announced length.");
                }
                read += count;
            }
        }
        catch when (partial is not null)
        {
            partial.Bytes = body.AsMemory(0, read);
            throw;
        }
        // The body may be kept for long, so its buffer is not much larger than its length.
        if (body.Length - read > read / 4) Array.Resize(ref body, read);
        return (body, read);
    }

    private static async ValueTask<bool> HasMoreAsync(Stream stream, CancellationToken cancellationToken)
        => await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0;

    private static void Replace(HttpResponseMessage response, byte[] body, int length)
    {
        var old = response.Content;
        var content = new BufferedContent(body, length);
        // Only error handling reads the Content-Type of the body.
        if (!response.IsSuccessStatusCode && old.Headers.NonValidated.TryGetValues("Content-Type", out var type))
            content.Headers.TryAddWithoutValidation("Content-Type", type.ToString());
        response.Content = content;
        old.Dispose();
    }

    /// <summary>The received part of a body that was not read to its end.</summary>
    internal sealed class PartialBody
    {
        public ReadOnlyMemory<byte> Bytes { get; set; }
    }
}
