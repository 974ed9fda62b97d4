using System.Globalization;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;

namespace Fal.Emulation;

/// <summary>NJsonSchema's paths (<c>#/elements[0].frontal_image_url</c>), turned into fal's (<c>["body", "elements", 0, "frontal_image_url"]</c>).</summary>
internal static class InstancePath
{
    /// <summary>The steps of a path, and the value there; null if there is none.</summary>
    public static (List<JsonNode> Steps, JToken? Value) Read(string? path, JToken instance)
    {
        var steps = new List<JsonNode> { "body" };
        JToken? value = instance;
        var rest = path?.StartsWith("#/", StringComparison.Ordinal) == true ? path[2..] : "";
        while (rest.Length > 0)
        {
            if (value is JArray list && rest[0] == '[' && rest.IndexOf(']', StringComparison.Ordinal) is > 1 and var close
                && int.TryParse(rest.AsSpan(1, close - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                steps.Add(index);
                value = index < list.Count ? list[index] : null;
                rest = rest[(close + 1)..].TrimStart('.');
                continue;
            }
            var name = NameAtStart(rest, value as JObject);
            steps.Add(name);
            value = (value as JObject)?[name];
            rest = rest[name.Length..];
            if (rest.StartsWith('.')) rest = rest[1..];
        }
        return (steps, value);
    }

    // A name may itself hold a dot or a bracket: a member that is there decides, the longest first; what is not there is the path's last step.
    private static string NameAtStart(string rest, JObject? holder)
    {
        var known = holder?.Properties().Select(member => member.Name)
            .Where(name => name.Length > 0 && rest.StartsWith(name, StringComparison.Ordinal) && (rest.Length == name.Length || rest[name.Length] is '.' or '['))
            .MaxBy(name => name.Length);
        return known ?? rest;
    }
}
