using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fal.AspNetCore;

/// <summary>
/// The signed query of webhook URLs. fal signs the body but not the URL, so an HMAC (SHA-256) protects the values in the
/// query. The HMAC also covers the name of the route.
/// </summary>
internal sealed class WebhookQuery
{
    private const string Endpoint = "fal_endpoint";
    private const string Ledger = "fal_ledger";
    private const string Trace = "fal_trace";
    private const string Signature = "fal_signature";
    private const int LongestLedgerId = 128;

    private readonly byte[][] _secrets;

    /// <param name="secrets">The current secret, which signs, and former ones, which are still accepted.</param>
    public WebhookQuery(IEnumerable<byte[]> secrets) => _secrets = [.. secrets];

    /// <summary>Creates the query of a URL, with its question mark.</summary>
    public string Sign(string route, string? endpointId, string? ledgerId, string? traceParent)
    {
        var query = new StringBuilder("?");
        Append(query, Endpoint, endpointId);
        Append(query, Ledger, ledgerId);
        Append(query, Trace, traceParent);
        return query.Append(Signature).Append('=').Append(Hmac(_secrets[0], route, endpointId, ledgerId, traceParent)).ToString();
    }

    /// <summary>
    /// Verifies a query and returns its values; null if this app did not sign it for this route. An empty query is valid and
    /// has no values.
    /// </summary>
    public WebhookQueryValues? Verify(string? route, IQueryCollection query)
    {
        if (!TryGet(query, Endpoint, out var endpointId) || !TryGet(query, Ledger, out var ledgerId)) return null;
        if (!TryGet(query, Trace, out var traceParent) || !TryGet(query, Signature, out var signature)) return null;
        if (signature is null) return endpointId is null && ledgerId is null && traceParent is null ? WebhookQueryValues.Unsigned : null;
        if (route is null || signature.Length > 64) return null;
        var given = Encoding.ASCII.GetBytes(signature);
        foreach (var secret in _secrets)
        {
            var right = Encoding.ASCII.GetBytes(Hmac(secret, route, endpointId, ledgerId, traceParent));
            if (CryptographicOperations.FixedTimeEquals(given, right)) return new(endpointId, ledgerId, traceParent, IsSigned: true);
        }
        return null;
    }

    /// <summary>Refuses ids that are not allowed in a URL.</summary>
    /// <exception cref="ArgumentException">An id is malformed.</exception>
    public static void RequireIds(string? endpointId, string? ledgerId)
    {
        if (endpointId is not null) _ = FalEndpointId.Parse(endpointId);
        var isPlain = ledgerId is null || (ledgerId.Length is > 0 and <= LongestLedgerId
            && ledgerId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'));
        if (!isPlain) throw new ArgumentException("A ledger id is 1 to 128 letters, digits, '-', '_', '.' and ':'.", nameof(ledgerId));
    }

    /// <summary>The W3C <c>traceparent</c> of the current activity; null if there is none.</summary>
    public static string? CurrentTraceParent() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null;

    private static void Append(StringBuilder query, string name, string? value)
    {
        if (value is not null) query.Append(name).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
    }

    // A duplicate parameter is ambiguous, and an empty one is never signed.
    private static bool TryGet(IQueryCollection query, string name, out string? value)
    {
        value = null;
        if (!query.TryGetValue(name, out var values)) return true;
        if (values.Count != 1 || values[0] is not { Length: > 0 and <= 1024 } text) return false;
        value = text;
        return true;
    }

    // Each value is preceded by its length, so that different lists of values never give the same string.
    private static string Hmac(byte[] secret, params string?[] values)
    {
        var text = new StringBuilder("klinggen-webhook-1");
        foreach (var value in values) text.Append('\n').Append(value?.Length ?? -1).Append(':').Append(value);
        return Convert.ToHexString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>The values of the query of a webhook URL.</summary>
internal sealed record WebhookQueryValues(string? EndpointId, string? LedgerId, string? TraceParent, bool IsSigned)
{
    public static WebhookQueryValues Unsigned { get; } = new(null, null, null, IsSigned: false);
}
