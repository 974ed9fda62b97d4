using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KlingGen.Cli.Running;
using KlingGen.Model;

namespace KlingGen.Cli.Batch;

/// <summary>Reads jobs from JSON Lines: an object per line with <c>endpoint</c>, <c>input</c>, and optionally <c>key</c> and <c>out</c>.</summary>
internal static class JsonLines
{
    /// <summary>The jobs; a line that is no job is a problem.</summary>
    public static IEnumerable<BatchRow> Read(TextReader text, ICollection<LineProblem> problems)
    {
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (TryRead(number, line, problems) is { } row) yield return row;
        }
    }

    private static JsonRow? TryRead(int number, string line, ICollection<LineProblem> problems)
    {
        JsonObject? job;
        try
        {
            job = JsonNode.Parse(line) as JsonObject;
            _ = job?.Count;
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException)
        {
            problems.Add(new(number, "is not valid JSON: " + Reason(ex)));
            return null;
        }
        if (job is null)
        {
            problems.Add(new(number, "is JSON, but not an object; a line looks like {\"endpoint\": \"…\", \"input\": {…}}"));
            return null;
        }
        var before = problems.Count;
        foreach (var name in job.Select(member => member.Key).Where(name => name is not ("endpoint" or "input" or "key" or "out")).ToList())
            problems.Add(new(number, $"has a property '{name}'; the properties of a line are endpoint, input, key and out"));
        if (job["input"] is not JsonObject input)
        {
            problems.Add(new(number, "'input' must be a JSON object"));
            return null;
        }
        var row = new JsonRow(number, Text("endpoint"), Text("key"), Text("out"), input);
        return problems.Count == before ? row : null;

        string? Text(string name)
        {
            if (job[name] is not { } value) return null;
            if (value.GetValueKind() == JsonValueKind.String) return value.GetValue<string>();
            problems.Add(new(number, $"'{name}' must be a string"));
            return null;
        }
    }

    /// <summary>The message of the parser with the column; its own line is always the first.</summary>
    private static string Reason(Exception error)
    {
        var message = error.Message;
        foreach (var end in (string[])[" Path:", " LineNumber:"])
            if (message.IndexOf(end, StringComparison.Ordinal) is > 0 and var at) message = message[..at];
        return error is JsonException { BytePositionInLine: { } position }
            ? string.Create(CultureInfo.InvariantCulture, $"column {position + 1}: {message}") : message;
    }

    private sealed record JsonRow(int Line, string? Endpoint, string? Key, string? Output, JsonObject Input) : BatchRow(Line, Endpoint, Key, Output)
    {
        public override JsonObject MakeInput(KnownEndpoint? known, BatchFiles files)
        {
            try
            {
                Walk(Input, known?.RequestUse, known, files);
                return Input;
            }
            catch (ArgumentException ex)
            {
                // JsonObject finds a property that occurs twice when it is first read.
                throw new ToolException("is not valid JSON: " + ex.Message, ex);
            }
        }

        /// <summary>Opens <c>"@path"</c> where the document takes media.</summary>
        private static void Walk(JsonNode node, TypeUse? use, KnownEndpoint? known, BatchFiles files)
        {
            if (node is JsonObject members)
            {
                foreach (var (name, value) in members.ToList())
                {
                    if (Replaced(value, known?.TypeInside(use, name), known, files) is { } media) members[name] = media;
                }
            }
            else if (node is JsonArray items)
            {
                for (var i = 0; i < items.Count; i++)
                    if (Replaced(items[i], use?.Kind == TypeKind.List ? use.Element : null, known, files) is { } media) items[i] = media;
            }
        }

        private static JsonValue? Replaced(JsonNode? value, TypeUse? use, KnownEndpoint? known, BatchFiles files)
        {
            if (value is null) return null;
            if (use is not null && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is ['@', .. var path]
                && known?.TakesMedia(use) == true) return JsonValue.Create(files.Open(path));
            Walk(value, use, known, files);
            return null;
        }
    }
}
