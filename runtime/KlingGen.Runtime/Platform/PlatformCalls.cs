using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fal;

/// <summary>Calls of the platform API: their keys, their answers as typed JSON, and lists over several pages.</summary>
internal sealed class PlatformCalls(FalTransport transport)
{
    private const string RawAnswer = "fal.Platform.SendAsync gives the raw answer.";

    // A server that repeats its cursors must not keep a list running forever.
    private const int MostPages = 10_000;

    public async Task<T> SendAsync<T>(
        FalPlatformKey key,
        HttpMethod method,
        string path,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken,
        ReadOnlyMemory<byte>? json = null)
        where T : class
    {
        Func<HttpContent?>? content = json is { } bytes ? () => ContentOf(bytes) : null;
        using var response = await transport.SendToPlatformAsync(key, path, method, content, cancellationToken).ConfigureAwait(false);
        var body = BufferedContent.GetBody(response);
        if (!response.IsSuccessStatusCode) throw FalErrors.FromResponse(transport, response, body.Span, null, null);
        try
        {
            return JsonSerializer.Deserialize(body.Span, type)
                ?? throw new FalProtocolException("fal's platform API answered with null. Try again later. " + RawAnswer);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            var cause = transport.Redact(ex);
            throw new FalProtocolException($"fal's platform API answered in an unexpected form: {cause.Message.TrimEnd('.')}. {RawAnswer}", cause);
        }
    }

    /// <summary>The elements of all pages. A page is fetched when its first element is requested.</summary>
    public async IAsyncEnumerable<TItem> ListAsync<TPage, TItem>(
        FalPlatformKey key, string path, JsonTypeInfo<TPage> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPage : class, IPlatformPage<TItem>
    {
        var (separator, cursor) = (path.Contains('?', StringComparison.Ordinal) ? '&' : '?', (string?)null);
        for (var i = 0; i < MostPages; i++)
        {
            var next = cursor is null ? path : $"{path}{separator}cursor={Uri.EscapeDataString(cursor)}";
            var page = await SendAsync(key, HttpMethod.Get, next, type, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items) yield return item;
            if (!page.HasMore || string.IsNullOrEmpty(page.NextCursor)) yield break;
            if (page.NextCursor == cursor)
            {
                throw new FalProtocolException("fal's platform API gave the same page cursor twice, so the list is incomplete. Try again later.");
            }
            cursor = page.NextCursor;
        }
    }

    private static ReadOnlyMemoryContent ContentOf(ReadOnlyMemory<byte> json)
    {
        var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
