using System.Globalization;
using KlingGen.Diagnostics;
using KlingGen.Json;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace KlingGen.Cli.Checking;

/// <summary>Diagnostics of Microsoft.OpenApi for a document.</summary>
internal static class OpenApiDiagnostics
{
    /// <summary>What is left out, and why.</summary>
    private static readonly (string Words, string Reason)[] LeftOut =
    [
        ("does not point to an existing schema", "KLG003 says it, on the reference's own line and with what becomes of the member"),
    ];

    /// <param name="text">The document as it was written, without overlays: those are ours, the document is fal's.</param>
    /// <param name="root">The same, read.</param>
    /// <param name="place">Where a node was written.</param>
    public static IEnumerable<ReportedDiagnostic> Find(string text, SpecNode root, Func<SpecNode, SourceLocation> place)
    {
        foreach (var (pointer, message) in Read(text, root))
        {
            if (Array.Exists(LeftOut, entry => message.Contains(entry.Words, StringComparison.Ordinal))) continue;
            yield return new ReportedDiagnostic(
                ToolRules.NotOpenApi,
                place(Find(root, pointer)),
                string.Format(CultureInfo.InvariantCulture, ToolRules.NotOpenApi.Message, message));
        }
    }

    private static IEnumerable<(string Pointer, string Message)> Read(string text, SpecNode root)
    {
        // fal declares 3.0.4 and uses 3.1: read as 3.0, the library drops examples and refuses numeric exclusive limits.
        if (root.Get("openapi") is { Kind: JsonKind.String } version && version.Text.StartsWith("3.0", StringComparison.Ordinal))
            text = string.Concat(text.AsSpan(0, version.Range.Start), "\"3.1.0\"", text.AsSpan(version.Range.End));
        ReadResult result;
        try
        {
            result = OpenApiDocument.Parse(text, OpenApiConstants.Json);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            return [("#/", "the document cannot be read (" + ex.GetType().Name + ": " + ex.Message + ")")];
        }

        return result.Diagnostic is { } diagnostic
            ? [.. diagnostic.Errors.Concat(diagnostic.Warnings).Select(fault => (fault.Pointer ?? "#/", fault.Message)).Distinct()]
            : [];
    }

    /// <summary>The nearest node on the way that the pointer names.</summary>
    private static SpecNode Find(SpecNode root, string pointer)
    {
        var node = root;
        foreach (var part in pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var next = node.IsArray && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < node.Items.Length
                ? node.Items[at]
                : node.Get(name);
            if (next is null) break;
            node = next;
        }

        return node;
    }
}
