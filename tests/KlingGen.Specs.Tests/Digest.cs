using System.Text.Encodings.Web;
using System.Text.Json;

namespace KlingGen.Specs.Tests;

/// <summary>
/// All that matters to the generated API, small enough to be read by a person: one line per endpoint, per property of each type, per shared enum, per
/// action of each
/// overlay. Types of the same title in the same app are the same (a test says so) and stand here once.
/// </summary>
internal static class Digest
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
        => string.Join('\n', Heading().Concat(Endpoints()).Concat(Types()).Concat(SharedEnums()).Concat(OverlayActions())) + "\n";

    private static IEnumerable<string> Heading() =>
    [
        "# What the specs say, without words. Written by UPDATE_GOLDENS=1 dotnet test tests/KlingGen.Specs.Tests, reviewed by hand.",
        "# An endpoint: input -> output (types used). A property: type, required, null if allowed, = default, [values], limits.",
    ];

    private static IEnumerable<string> Endpoints()
    {
        yield return "\n## Endpoints";
        foreach (var endpoint in SpecFolder.Endpoints)
        {
            var document = SpecFolder.ReadEndpoint(endpoint);
            string input = document.InputName(), output = document.OutputName();
            var nested = string.Join(", ", document.NestedNames().Select(n => Named(document, n)));
            yield return $"{endpoint}: {Named(document, input)} -> {Named(document, output)} ({nested})";
        }
    }

    private static IEnumerable<string> Types()
    {
        var types = from file in SpecFolder.Documents
                    from type in SpecFolder.Read(file).Schemas()
                    where type.Key != "QueueStatus"
                    let app = file[..file.IndexOf('/', file.IndexOf('/') + 1)]
                    let lines = PropertyFacts.OfType(type.Value!.AsObject()).Select(Line)
                    select (Name: $"{app} {(string?)type.Value!["title"] ?? type.Key}", Lines: string.Join('\n', lines));
        return types.Distinct().OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => $"\n## {t.Name}\n{t.Lines}");
    }

    private static IEnumerable<string> SharedEnums()
    {
        foreach (var file in SpecFolder.EnumFiles)
        {
            yield return $"\n## {file}";
            foreach (var (name,
                definition) in SpecFolder.Read(file)["x-klinggen-enums"]!.AsObject()) yield return $"{name} {definition!.ToJsonString(Relaxed)}";
        }
    }

    private static IEnumerable<string> OverlayActions()
    {
        foreach (var file in SpecFolder.Overlays)
        {
            yield return $"\n## {file}";
            foreach (var action in SpecFolder.Read(file)["actions"]!.AsArray())
                yield return $"{(string)action!["target"]!} {action["update"]?.ToJsonString(Relaxed) ?? "removed"}";
        }
    }

    private static string Named(JsonObject document, string schema) =>
        (string?)document.Schema(schema)["title"] is { } title && title != schema ? $"{title} as {schema}" : schema;

    private static string Line(JsonObject fact)
    {
        string[] told = ["name", "type", "required", "nullable", "default", "enum"];
        var line = $"{(string)fact["name"]!}: {(string)fact["type"]!}";
        if ((bool)fact["required"]!) line += ", required";
        if ((bool)fact["nullable"]!) line += ", null";
        if (fact["default"] is { } standard) line += $" = {standard.ToJsonString(Relaxed)}";
        if (fact["enum"] is JsonArray values) line += $" [{string.Join(' ', SpecDocument.Strings(values))}]";
        return line + string.Concat(fact.Where(f => !told.Contains(f.Key)).Select(f => $" {f.Key} {f.Value!.ToJsonString(Relaxed)}"));
    }
}
