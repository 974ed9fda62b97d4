using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fal;

/// <summary>Typed responses and paged lists.</summary>
internal static class PlatformPages
{
    // Limits the number of pages, because a server that repeats its cursors would never end the list.
    private const int MostPages = 10_000;

    public static async Task<T> SendAsync<T>(
        FalPlatform platform,
        HttpMethod method,
        string path,
        FalPlatformKey key,
        JsonTypeInfo<T> type,
        JsonElement? body,
        CancellationToken cancellationToken)
        where T : class
        => Read(await platform.SendAsync(method, path, key, body, cancellationToken).ConfigureAwait(false), type);

    /// <summary>
    /// Lists the elements of <paramref name="name"/> on all pages. A page is fetched lazily, when its first element is read.
    /// </summary>
    public static async IAsyncEnumerable<T> ListAsync<T>(
        FalPlatform platform,
        string path,
        string name,
        FalPlatformKey key,
        JsonTypeInfo<T> type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var (separator, cursor) = (path.Contains('?', StringComparison.Ordinal) ? '&' : '?', (string?)null);
        for (var i = 0; i < MostPages; i++)
        {
            var next = cursor is null ? path : $"{path}{separator}cursor={Uri.EscapeDataString(cursor)}";
            var page = await platform.SendAsync(HttpMethod.Get, next, key, null, cancellationToken).ConfigureAwait(false);
            foreach (var item in List(page, name)) yield return Read(item, type);
            var following = Text(page, "next_cursor");
            if (string.IsNullOrEmpty(following) || !HasMore(page)) yield break;
            if (following == cursor) throw new FalProtocolException("fal's platform API gave the same page cursor twice; the list ends here.");
            cursor = following;
        }
    }

    private static T Read<T>(JsonElement json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json.Deserialize(type) ?? throw new FalProtocolException("fal's platform API answered with null.");
        }
        catch (JsonException ex)
        {
            throw new FalProtocolException($"fal's platform API gave an answer of an unexpected shape: {ex.Message}", ex);
        }
    }

    private static JsonElement.ArrayEnumerator List(JsonElement page, string name)
        => page.ValueKind == JsonValueKind.Object && page.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new FalProtocolException($"fal's platform API gave a page without '{name}'.");

    private static string? Text(JsonElement page, string name)
        => page.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool HasMore(JsonElement page) => page.TryGetProperty("has_more", out var value) && value.ValueKind == JsonValueKind.True;
}
