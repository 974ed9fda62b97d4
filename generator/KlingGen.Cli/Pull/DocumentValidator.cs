using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Schemas;

namespace KlingGen.Cli.Pull;

/// <summary>Distinguishes the requested document from other content that a server may send in its place.</summary>
internal static class DocumentValidator
{
    /// <returns>The document as JSON.</returns>
    /// <exception cref="PullException">It is something else.</exception>
    public static SpecNode Accept(string id, string text)
    {
        var reading = JsonReader.Read(text);
        if (reading.Root is not { } root)
            throw Refused(text.AsSpan().TrimStart().StartsWith("<")
                ? "the answer is a web page, not a document"
                : "the answer is no JSON: " + (reading.Problems.Length > 0 ? reading.Problems[0].Message : "it is empty"));
        if (root.Get("openapi") is null && (root.Get("error") ?? root.Get("detail")) is { } error) throw Refused("fal says: " + Shown(error));
        var model = SpecReader.Read(new SpecSource(id, id, false, text, EquatableArray<SpecOverlay>.Empty)).Model;
        if (root.Get("openapi") is not null && root.Get("paths") is null) throw Refused("the document has no paths");
        if (model?.Endpoint is not { } endpoint) throw Refused("the answer is not a document of an endpoint");
        if (endpoint.Id != id) throw Refused($"the document is that of '{endpoint.Id}'");
        return root;
    }

    private static PullException Refused(string message) => new(message, isRefused: true);

    /// <summary>The server's words, in one line and no longer than one.</summary>
    private static string Shown(SpecNode error)
    {
        var text = error.Get("message") is { Kind: JsonKind.String } message
            ? message.Text
            : error.Kind == JsonKind.String ? error.Text : "an error without words";
        text = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length <= 200 ? text : text[..200] + "…";
    }
}
