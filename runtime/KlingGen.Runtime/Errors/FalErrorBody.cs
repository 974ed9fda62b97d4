using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal;

/// <summary>
/// Parses the body of an error in each of fal's formats: <c>{detail: text, error_type}</c> by the gateway,
/// <c>{detail: [{loc, msg, type, ctx}]}</c> by a model, a page by a proxy, or an unreadable body. The key is removed before
/// anything is read.
/// </summary>
/// <param name="Text">The body as a string, truncated if it is very long; null if it is empty.</param>
/// <param name="Detail">The server's own sentence, suitable for a message; null if there is none.</param>
/// <param name="ErrorType">The server's error type.</param>
/// <param name="Problems">The problems of the request, as in the model's answer.</param>
internal sealed record FalErrorBody(string? Text, string? Detail, string? ErrorType, IReadOnlyList<FalProblem> Problems)
{
    private const int LongestDetail = 1000;
    private const int MostProblems = 200;

    /// <summary>Parses a body. <paramref name="headerType"/> is the value of the header X-Fal-Error-Type.</summary>
    public static FalErrorBody Read(ReadOnlySpan<byte> body, string? headerType, Func<string, string> redact)
    {
        headerType = headerType is null ? null : Short(redact(headerType));
        if (body.IsEmpty) return new FalErrorBody(null, null, headerType, []);
        var text = redact(Encoding.UTF8.GetString(body[..Math.Min(body.Length, ResponseLimits.Error)]));
        try
        {
            return Read(FalJsonText.Parse(Encoding.UTF8.GetBytes(text)), text, headerType, redact);
        }
        catch (JsonException)
        {
            // A page, or a truncated body: only its text is used.
            return new FalErrorBody(text, null, headerType, []);
        }
    }

    private static FalErrorBody Read(JsonElement root, string text, string? headerType, Func<string, string> redact)
    {
        if (root.ValueKind == JsonValueKind.String) return new FalErrorBody(text, Sentence(root, redact), headerType, []);
        if (root.ValueKind != JsonValueKind.Object) return new FalErrorBody(text, null, headerType, []);
        // The platform API nests: {"error": {"type", "message"}}.
        if (Member(root, "error") is { ValueKind: JsonValueKind.Object } nested)
        {
            return new FalErrorBody(text, Sentence(Member(nested, "message"), redact), Sentence(Member(nested, "type"), redact) ?? headerType, []);
        }
        var type = Sentence(Member(root, "error_type"), redact) ?? headerType;
        var detail = Member(root, "detail");
        var sentence = Sentence(detail, redact) ?? Sentence(Member(root, "message"), redact) ?? Sentence(Member(root, "error"), redact);
        var problems = new List<FalProblem>();
        if (detail.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in detail.EnumerateArray())
                if (problems.Count < MostProblems) AddProblem(problems, entry, redact);
        }
        else if (detail.ValueKind == JsonValueKind.Object)
        {
            AddProblem(problems, detail, redact);
        }
        return new FalErrorBody(text, sentence, type ?? (problems.Count > 0 ? problems[0].Type : null), problems);
    }

    private static void AddProblem(List<FalProblem> problems, JsonElement entry, Func<string, string> redact)
    {
        if (entry.ValueKind == JsonValueKind.String)
        {
            problems.Add(new FalProblem { Path = "", Type = "", Message = Sentence(entry, redact) ?? "" });
            return;
        }
        if (entry.ValueKind != JsonValueKind.Object) return;
        // "input" is left out: it repeats the caller's request.
        var context = Member(entry, "ctx");
        problems.Add(new FalProblem
        {
            Path = Path(Member(entry, "loc"), redact),
            Type = Sentence(Member(entry, "type"), redact) ?? "",
            Message = Sentence(Member(entry, "msg"), redact) ?? "refused without a reason",
            Context = context.ValueKind == JsonValueKind.Object ? context : null,
        });
    }

    private static string Path(JsonElement loc, Func<string, string> redact)
    {
        if (loc.ValueKind == JsonValueKind.String) return Sentence(loc, redact) ?? "";
        if (loc.ValueKind != JsonValueKind.Array) return "";
        var path = new StringBuilder();
        var first = true;
        foreach (var step in loc.EnumerateArray())
        {
            var text = step.ValueKind switch
            {
                JsonValueKind.String => redact(step.GetString()!),
                JsonValueKind.Number => step.GetRawText(),
                _ => "?",
            };
            // The first segment "body" means the request itself and is left out.
            var skip = first && text == "body";
            first = false;
            if (skip) continue;
            if (path.Length > 0) path.Append('.');
            path.Append(text);
            if (path.Length > LongestDetail) break;
        }
        return path.ToString();
    }

    private static JsonElement Member(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : default;

    private static string? Sentence(JsonElement json, Func<string, string> redact)
        => json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 } text ? Short(redact(text)) : null;

    private static string Short(string text) => text.Length <= LongestDetail ? text : string.Concat(text.AsSpan(0, LongestDetail), "…");
}
