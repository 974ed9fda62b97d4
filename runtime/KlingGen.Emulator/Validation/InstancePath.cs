using System.Globalization;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;

namespace Fal.Emulation;

/// <summary>
/// Converts paths of NJsonSchema (<c>#/elements[0].frontal_image_url</c>) to fal's
/// (<c>["body", "elements", 0, "frontal_image_url"]</c>).
/// </summary>
internal static class InstancePath
{
    /// <summary>Gets the steps of a path, and the value there; null if there is none.</summary>
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
            var (name, length) = NameAtStart(rest, value as JObject);
            steps.Add(name);
            value = (value as JObject)?[name];
            rest = rest[length..];
            if (rest.StartsWith('.')) rest = rest[1..];
        }
        return (steps, value);
    }

    // A name may contain a dot or a bracket, quoted or not. An existing property decides, the longest first; a missing name
    // is the last step.
    private static (string Name, int Length) NameAtStart(string rest, JObject? holder)
    {
        var best = (Name: rest, Length: 0);
        foreach (var name in holder?.Properties().Select(member => member.Name) ?? [])
        {
            var escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
            foreach (var form in (ReadOnlySpan<string>)[name, $"['{escaped}']"])
            {
                var ends = rest.Length == form.Length || (rest.Length > form.Length && rest[form.Length] is '.' or '[');
                if (ends && form.Length > best.Length && rest.StartsWith(form, StringComparison.Ordinal)) best = (name, form.Length);
            }
        }
        return best.Length > 0 ? best : (rest, rest.Length);
    }
}
