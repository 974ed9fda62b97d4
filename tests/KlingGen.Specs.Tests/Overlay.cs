using System.Text.RegularExpressions;

namespace KlingGen.Specs.Tests;

/// <summary>Applies an overlay, for tests. Targets are a schema or a property of one; an update that would add to an array is refused.</summary>
internal static partial class Overlay
{
    public static IReadOnlyList<JsonObject> Actions(JsonObject overlay) => [.. overlay["actions"]!.AsArray().Select(a => a!.AsObject())];

    public static void Apply(JsonObject overlay, JsonObject document, JsonObject? leavingOut = null)
    {
        foreach (var action in Actions(overlay))
        {
            if (leavingOut is not null && JsonNode.DeepEquals(action, leavingOut)) continue;
            var target = Target(document, (string)action["target"]!)
                ?? throw new InvalidOperationException($"There is no {action["target"]} in the document.");
            Merge(target, action["update"]!.AsObject());
        }
    }

    public static JsonObject? Target(JsonObject document, string path)
    {
        var match = TargetPath().Match(path);
        if (!match.Success) return null;
        var schema = document.Schemas()[match.Groups["schema"].Value] as JsonObject;
        return match.Groups["property"].Success ? schema?["properties"]?[match.Groups["property"].Value] as JsonObject : schema;
    }

    private static void Merge(JsonObject target, JsonObject update)
    {
        foreach (var (key, value) in update)
        {
            if (target[key] is JsonObject inner && value is JsonObject more) Merge(inner, more);
            else if (target[key] is JsonArray)
                throw new InvalidOperationException($"'{key}' is an array already; readers differ in what an update of it means.");
            else target[key] = value?.DeepClone();
        }
    }

    [GeneratedRegex(
        @"^\$\.components\.schemas(\.(?<schema>\w+)|\['(?<schema>[^']+)'\])(\.properties(\.(?<property>\w+)|\['(?<property>[^']+)'\]))?$")]
    private static partial Regex TargetPath();
}
