using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fal.AspNetCore;

/// <summary>Reads request bodies into memory within a limit.</summary>
internal static class RequestBody
{
    /// <summary>
    /// Reads the whole body; null if it is longer than <paramref name="limit"/>. Reads at most one byte more than the limit.
    /// </summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, long limit, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (request.ContentLength > limit) return null;
        RaiseServerLimit(context, limit);
        var buffer = new byte[Math.Min(limit + 1, request.ContentLength is { } length ? length + 1 : 16 * 1024)];
        var filled = 0;
        while (true)
        {
            var count = await request.Body.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (count == 0) return buffer.AsMemory(0, filled);
            filled += count;
            if (filled > limit) return null;
            if (filled == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(limit + 1, buffer.Length * 2L));
        }
    }

    /// <summary>Replaces the server's limit, which is 30 MB by default, with the limit of the route.</summary>
    public static void RaiseServerLimit(HttpContext context, long limit)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = limit + 1;
    }
}
