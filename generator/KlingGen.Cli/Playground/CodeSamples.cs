using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KlingGen.Emission;
using KlingGen.Text;

namespace KlingGen.Cli.Playground;

/// <summary>A request as C#, as a call of curl and as JSON, to copy.</summary>
internal static class CodeSamples
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly EmissionOptions Options = new(EmissionOptions.DefaultNamespace, IsPublic: false, "");

    /// <summary>A program that runs the request with the emitted client; null for a request that the document does not permit.</summary>
    /// <param name="request">The request.</param>
    /// <param name="webhook">Where the result is posted; null for nowhere.</param>
    public static string? CSharp(RequestInput request, Uri? webhook)
    {
        if (request.Entry.Known.Request is not { } model || request.Entry.Known.ReadValue(request.Text) is not { } value) return null;
        var scope = new EmissionScope(request.Entry.File, Options);
        var writer = new SourceWriter();
        writer.Line("using Fal;");
        writer.Line("using " + scope.Namespace + ";");
        writer.Line();
        writer.Line("// In the project file: <FalEndpoints>" + request.Entry.Id + "</FalEndpoints>");
        writer.Line("using var fal = new FalClient();  // The key comes from FAL_KEY.");
        writer.Write("var result = await " + request.Entry.ClientPath + ".RunAsync(");
        ValueExpression.Write(writer, value, model, scope);
        if (webhook is not null)
            writer.Write(", new FalSubmitOptions { Webhook = new Uri(" + Literal.String(webhook.AbsoluteUri) + ") }");
        writer.Line(");");
        writer.Line("Console.WriteLine(result);");
        var text = writer.ToString();
        if (scope.Imports.HasFlag(Imports.TextJson)) text = "using System.Text.Json;\n" + text;
        foreach (var (reference, upload) in request.Files)
            text = text.Replace(Literal.String(reference), "FalMedia.FromFile(" + Literal.String(upload.Name) + ")", StringComparison.Ordinal);
        return text.TrimEnd('\n') + "\n";
    }

    /// <summary>A call of curl to fal's queue or the emulator's. The key comes from the variable FAL_KEY, local files are uploaded first.</summary>
    public static string Curl(RequestInput request, Uri queue, Uri? webhook)
    {
        var text = new StringBuilder();
        var body = "'" + Indented(request.Text).Replace("'", "'\\''", StringComparison.Ordinal) + "'";
        var at = queue.IsLoopback ? $" --at {queue.GetLeftPart(UriPartial.Authority)}" : "";
        var count = 0;
        foreach (var (reference, upload) in request.Files)
        {
            count++;
            text.Append(CultureInfo.InvariantCulture, $"file{count}=$(klinggen upload '{upload.Name}'{at} | jq -r .url)\n");
            body = body.Replace(reference, string.Create(CultureInfo.InvariantCulture, $"'\"$file{count}\"'"), StringComparison.Ordinal);
        }

        var query = webhook is null ? "" : "?fal_webhook=" + Uri.EscapeDataString(webhook.AbsoluteUri);
        text.Append("curl -X POST '").Append(new Uri(queue, "/" + request.Entry.Id + query).AbsoluteUri).Append("' \\\n")
            .Append("  -H \"Authorization: Key $FAL_KEY\" \\\n")
            .Append("  -H 'Content-Type: application/json' \\\n")
            .Append("  -d ").Append(body).Append('\n');
        return text.ToString();
    }

    /// <summary>The request as JSON. A local file is named instead of its URL.</summary>
    public static string Json(RequestInput request)
    {
        var text = Indented(request.Text);
        foreach (var (reference, upload) in request.Files)
            text = text.Replace(reference, "<URL of " + upload.Name + ">", StringComparison.Ordinal);
        return text;
    }

    private static string Indented(string json) => JsonNode.Parse(json)!.ToJsonString(Readable);
}
