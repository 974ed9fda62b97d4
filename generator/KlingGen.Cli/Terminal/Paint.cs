namespace KlingGen.Cli.Terminal;

/// <summary>Colours words for a terminal, or leaves them alone.</summary>
/// <param name="isOn">Whether the output is a terminal with colours.</param>
internal sealed class Paint(bool isOn)
{
    public string Red(string text) => Wrap("31;1", text);

    public string Yellow(string text) => Wrap("33;1", text);

    public string Green(string text) => Wrap("32", text);

    public string Cyan(string text) => Wrap("36", text);

    public string Dim(string text) => Wrap("2", text);

    public string Bold(string text) => Wrap("1", text);

    private string Wrap(string code, string text) => isOn ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
