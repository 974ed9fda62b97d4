namespace Fal;

/// <summary>
/// Reads an answer's body into memory while its attempt is still running, so that a body that breaks off or never ends is a failed attempt. At most
/// one byte beyond the limit is taken from the connection.
/// </summary>
internal static class ResponseBuffer
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>Replaces the body of <paramref name="response"/> by one that is in memory.</summary>
    /// <param name="response">The answer, its headers read.</param>
    /// <param name="limit">How many bytes are kept.</param>
    /// <param name="truncates">True keeps the first <paramref name="limit"/> bytes of a longer body, false makes it an error.</param>
    /// <param name="partial">Gets what had come of a body that broke off.</param>
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

    private static async Task<(byte[] Body, int Length)> ReadAsync(
        Stream stream, long? announced, int limit, bool truncates, PartialBody? partial, CancellationToken cancellationToken)
    {
        // A length is only a claim until the bytes are there, so memory follows the bytes. Nothing comes from a shared pool, which would keep
        // the memory of one large answer for ever.
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
        // What is kept may be kept for long: not much more than the bytes themselves.
        if (body.Length - read > read / 4) Array.Resize(ref body, read);
        return (body, read);
    }

    private static async ValueTask<bool> HasMoreAsync(Stream stream, CancellationToken cancellationToken)
        => await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0;

    private static void Replace(HttpResponseMessage response, byte[] body, int length)
    {
        var old = response.Content;
        var content = new BufferedContent(body, length);
        foreach (var header in old.Headers.NonValidated)
        {
            if (header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var value in header.Value) content.Headers.TryAddWithoutValidation(header.Key, value);
        }
        response.Content = content;
        old.Dispose();
    }

    /// <summary>What had come of a body that was not read to its end.</summary>
    internal sealed class PartialBody
    {
        public ReadOnlyMemory<byte> Bytes { get; set; }
    }
}
