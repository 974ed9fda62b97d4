namespace KlingGen.Cli.Terminal;

/// <summary>Text from elsewhere as a terminal may see it: what would move the cursor or change colours is shown as a dot.</summary>
internal static class Visible
{
    public static string Text(string text)
    {
        text = text.TrimEnd('\r', '\n');
        return text.Any(IsUnsafe) ? string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = IsUnsafe(source[i]) ? '·' : source[i];
        }) : text;
    }

    private static bool IsUnsafe(char c) => char.IsControl(c) && c != '\t';
}
