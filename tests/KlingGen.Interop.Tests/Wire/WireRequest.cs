using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fal.Emulation;

namespace KlingGen.Interop.Tests.Wire;

/// <summary>
/// One request as it went over the wire, without what belongs to the connection and without ids that the server made
/// up, so that two can be compared.
/// </summary>
/// <param name="Kind">What sort of request it is.</param>
/// <param name="Parts">All there is to compare, by name: <c>method</c>, <c>address</c>, <c>query</c>, <c>header accept</c>, <c>body</c>.</param>
internal sealed partial record WireRequest(FalOperation Kind, IReadOnlyDictionary<string, string> Parts)
{
    // How the bytes are framed, which both sides leave to their HTTP library, and whom they are for, which the address says.
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase) {
        "Host",
        "Connection",
        "Content-Length",
        "Transfer-Encoding" };

    public static WireRequest Of(FalReceivedRequest received)
    {
        var parts = new Dictionary<string, string>
        {
            ["method"] = received.Method,
            ["address"] = $"{received.Service} {WithoutIds(received.Path)}",
            ["query"] = WithoutIds(received.Query),
            ["body"] = BodyOf(received),
        };
        foreach (var (name, value) in received.Headers)
        {
            if (OfTheConnection.Contains(name)) continue;
            parts["header " + name.ToLowerInvariant()] = name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase)
                ? Version().Replace(value, "n")
                : value;
        }
        return new WireRequest(received.Operation, parts);
    }

    /// <summary>The parts that are not the same in both. What one of them lacks is empty there.</summary>
    public static IEnumerable<WireDifference> Compare(WireRequest official, WireRequest ours)
    {
        foreach (var part in official.Parts.Keys.Union(ours.Parts.Keys).Order(StringComparer.Ordinal))
        {
            var (theirs, own) = (official.Parts.GetValueOrDefault(part, ""), ours.Parts.GetValueOrDefault(part, ""));
            if (theirs != own) yield return new WireDifference(official.Kind, part, theirs, own);
        }
    }

    // The emulator keeps the beginning of a large body.
    private static string BodyOf(FalReceivedRequest received) => received.Operation is FalOperation.Upload or FalOperation.UploadPart
        ? $"{received.BodyLength} bytes {Convert.ToHexString(SHA256.HashData(received.Body.Span))}"
        : WithoutIds(JsonOf(received.BodyText));

    // JSON is compared by value: a character and its escape are the same.
    private static string JsonOf(string text)
    {
        try
        {
            return JsonNode.Parse(text)?.ToJsonString() ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string WithoutIds(string text) => Id().Replace(text, "{id}");

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d+(\.\d+)+")]
    private static partial Regex Version();
}

/// <summary>Something that the two clients do not put on the wire alike.</summary>
/// <param name="Kind">What sort of request it is in.</param>
/// <param name="Part">Which part of the request.</param>
/// <param name="Official">What fal's own client sends; empty for nothing.</param>
/// <param name="Ours">What KlingGen sends; empty for nothing.</param>
internal sealed record WireDifference(FalOperation Kind, string Part, string Official, string Ours);
