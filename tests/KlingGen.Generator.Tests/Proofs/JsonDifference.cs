using Newtonsoft.Json.Linq;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Where two JSON values differ. Numbers are compared by value; a member that is null equals one that is not there.</summary>
internal static class JsonDifference
{
    public static IEnumerable<(string Path, string What)> Between(JToken sent, JToken back, string path = "")
    {
        if (sent is JObject one && back is JObject other)
        {
            foreach (var (name, value) in one)
            {
                if (!other.TryGetValue(name, StringComparison.Ordinal, out var twin))
                {
                    if (value!.Type != JTokenType.Null) yield return (path + "." + name, "lost " + Show(value));
                    continue;
                }

                foreach (var difference in Between(value!, twin, path + "." + name)) yield return difference;
            }

            foreach (var (name, value) in other)
            {
                if (!one.ContainsKey(name) && value!.Type != JTokenType.Null) yield return (path + "." + name, "added " + Show(value));
            }
        }
        else if (sent is JArray list && back is JArray copy)
        {
            if (list.Count != copy.Count) yield return (path, $"{list.Count} elements became {copy.Count}");
            for (var i = 0; i < Math.Min(list.Count, copy.Count); i++)
            {
                foreach (var difference in Between(list[i], copy[i], path + "[" + i + "]")) yield return difference;
            }
        }
        else if (IsNumber(sent) && IsNumber(back) ? !SameNumber(sent, back) : !JToken.DeepEquals(sent, back))
        {
            yield return (path, Show(sent) + " became " + Show(back));
        }
    }

    private static bool IsNumber(JToken value) => value.Type is JTokenType.Integer or JTokenType.Float;

    private static bool SameNumber(JToken one, JToken other)
        => one.Type == JTokenType.Integer && other.Type == JTokenType.Integer
            ? one.ToString() == other.ToString()
            : ((double)one).Equals((double)other);

    private static string Show(JToken value)
    {
        var text = value.ToString(Newtonsoft.Json.Formatting.None);
        return text.Length > 80 ? text[..80] + "…" : text;
    }
}
