using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>Responses of the platform API, which has its own error shape and two keys.</summary>
internal static class PlatformAnswers
{
    public static Task JsonAsync(HttpContext context, JsonNode body) => Answers.JsonAsync(context, 200, body.ToJsonString(WireJson.Options));

    public static Task ErrorAsync(HttpContext context, int statusCode, string message)
    {
        var type = statusCode switch
        {
            401 or 403 => "authorization_error",
            404 => "not_found",
            429 => "rate_limited",
            >= 500 => "server_error",
            _ => "validation_error",
        };
        var error = new JsonObject { ["error"] = new JsonObject { ["type"] = type, ["message"] = message } };
        return Answers.JsonAsync(context, statusCode, error.ToJsonString(WireJson.Options));
    }

    /// <summary>Whether the request has the required key; if not, the error response has been sent.</summary>
    public static async Task<bool> PassesAsync(HttpContext context, EmulatorServices services, bool admin)
    {
        var given = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (Is(services.AdminKey) || (!admin && Is(services.Key))) return true;
        await (Is(services.Key)
            ? ErrorAsync(context, 403, "This call needs a key with the scope ADMIN.")
            : ErrorAsync(context, 401, "The key is missing or not valid.")).ConfigureAwait(false);
        return false;

        bool Is(string key) => CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes($"Key {key}"));
    }

    /// <summary>Creates one page of a list: <c>limit</c> elements from <c>cursor</c> on.</summary>
    public static JsonObject Page(HttpContext context, string name, IReadOnlyList<JsonNode> all, int pageSize, int mostPerPage)
    {
        var size = Number(context, "limit") is { } limit and > 0 ? Math.Min(limit, mostPerPage) : pageSize;
        var start = Math.Clamp(Number(context, "cursor") ?? 0, 0, all.Count);
        var end = Math.Min(start + size, all.Count);
        return new JsonObject
        {
            [name] = new JsonArray([.. all.Skip(start).Take(end - start)]),
            ["next_cursor"] = end < all.Count ? end.ToString(CultureInfo.InvariantCulture) : null,
            ["has_more"] = end < all.Count,
        };
    }

    /// <summary>Gets the values of a list parameter, which is repeated or comma-separated.</summary>
    public static string[] Values(HttpContext context, string name)
    {
        const StringSplitOptions Plain = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return [.. context.Request.Query[name].SelectMany(value => (value ?? "").Split(',', Plain))];
    }

    /// <summary>Parses a date parameter; null if it is absent or invalid.</summary>
    public static DateTimeOffset? Date(HttpContext context, string name)
        => DateTimeOffset.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
        ? date
        : null;

    /// <summary>Formats a time like the API.</summary>
    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static int? Number(HttpContext context, string name)
        => int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
