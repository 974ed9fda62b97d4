using System.Globalization;
using System.Text;
using KlingGen.Json;

namespace KlingGen.Core.Tests;

/// <summary>Writes a tree in one form: no white space, numbers as they were, every escape of the same kind.</summary>
internal static class JsonText
{
    public static string Write(SpecNode node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    public static string Quote(string value)
    {
        var text = new StringBuilder();
        Quote(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, SpecNode node)
    {
        switch (node.Kind)
        {
            case JsonKind.Object:
                text.Append('{');
                foreach (var member in node.Members)
                {
                    if (text[^1] != '{') text.Append(',');
                    Quote(text, member.Name);
                    text.Append(':');
                    Write(text, member.Value);
                }

                text.Append('}');
                break;
            case JsonKind.Array:
                text.Append('[');
                for (var i = 0; i < node.Items.Length; i++)
                {
                    if (i > 0) text.Append(',');
                    Write(text, node.Items[i]);
                }

                text.Append(']');
                break;
            case JsonKind.String:
                Quote(text, node.Text);
                break;
            default:
                text.Append(node.Text);
                break;
        }
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c is < ' ' or > '~') text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else text.Append(c);
        }

        text.Append('"');
    }
}
