using System.Buffers;
using System.Net.Http.Headers;

namespace Fal;

/// <summary>
/// Validates headers before anything is sent: a line break would begin another header, and a character outside ASCII fails
/// late, with an error that looks like a broken connection.
/// </summary>
internal static class FalHeaders
{
    private const int LongestValue = 8192;

    // The client sets the headers of identity, connection and framing, and x-fal-target-url would make a proxy send the call
    // to another host.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Host", "Cookie", "Set-Cookie", "Connection", "Proxy-Connection", "Keep-Alive", "Transfer-Encoding",
        "TE", "Trailer", "Upgrade", "Expect", "User-Agent", "Accept", "Accept-Encoding", "x-fal-target-url",
    };

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Validates an additional header of the caller.</summary>
    /// <exception cref="ArgumentException">The name is invalid or reserved for the client, or the value cannot be sent.</exception>
    public static void RequireExtra(string name, string? value)
    {
        if (name.Length is 0 or > 256 || name.AsSpan().ContainsAnyExcept(NameChars))
            throw new ArgumentException($"'{FalEndpointId.Shown(name)}' is not a header name.");
        if (Refused.Contains(name) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"Header '{name}' cannot be set: the connection, the key and the body are FalClient's to describe.");
        }
        RequireValue($"Header '{name}'", value);
    }

    /// <summary>Validates a value that becomes a header; <paramref name="what"/> is its name in the error.</summary>
    /// <exception cref="ArgumentException">The value cannot be sent.</exception>
    public static string RequireValue(string what, string? value)
    {
        if (value is null || value.Length > LongestValue || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"{what} must be printable ASCII without line breaks, of at most {LongestValue} characters.");
        }
        return value;
    }

    /// <summary>Validates all headers of a request; the last check before it is sent.</summary>
    public static void RequireSendable(HttpHeaders headers)
    {
        foreach (var header in headers.NonValidated)
        {
            foreach (var value in header.Value)
            {
                if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~')) continue;
                throw new ArgumentException($"Header '{FalEndpointId.Shown(header.Key)}' must be printable ASCII without line breaks.");
            }
        }
    }
}
