using System;
using System.Collections.Generic;
using KlingGen.Json;

namespace KlingGen.Schemas;

/// <summary>Looks at the examples and the default of a media property for values that cannot be fetched, such as <c>canny</c>.</summary>
internal static class UrlEvidence
{
    /// <summary>The first value that is neither a URL, a data URI nor a path, and its keyword.</summary>
    public static (string Keyword, SpecNode Value)? Against(SpecNode schema)
    {
        foreach (var keyword in new[] { "examples", "example", "default" })
        {
            if (schema.Get(keyword) is not { } values) continue;
            foreach (var value in Strings(values))
            {
                if (!MayBeFetched(value.Text)) return (keyword == "examples" ? "example" : keyword, value);
            }
        }

        return null;
    }

    /// <summary>The strings of a value, also those in lists: the example of a list of URLs is a list.</summary>
    private static IEnumerable<SpecNode> Strings(SpecNode value)
    {
        if (value.Kind == JsonKind.String) yield return value;
        foreach (var item in value.Items)
        {
            foreach (var inner in Strings(item)) yield return inner;
        }
    }

    /// <summary>An empty string is no evidence. A path has a separator or a file extension, and no white space.</summary>
    private static bool MayBeFetched(string text)
    {
        if (text.Length == 0 || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return true;
        if (text.IndexOf("://", StringComparison.Ordinal) > 0) return true;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) return false;
        }

        return text.IndexOfAny(['/', '\\']) >= 0 || HasExtension(text);
    }

    private static bool HasExtension(string text)
    {
        var dot = text.LastIndexOf('.');
        if (dot <= 0 || text.Length - dot - 1 is not (>= 1 and <= 5)) return false;
        for (var i = dot + 1; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i])) return false;
        }

        return true;
    }
}
