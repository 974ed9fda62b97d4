using System.Globalization;
using KlingGen.Checks;
using KlingGen.Cli.Documents;
using KlingGen.Json;
using KlingGen.Text;

namespace KlingGen.Cli.Emulating;

/// <summary>An object of a script, read by what is expected there; everything else is a mistake at its line.</summary>
internal sealed class ScriptNode(string path, LineMap lines, SpecNode node)
{
    public SpecNode Json => node;

    public static ToolException Mistake(string path, LineMap lines, int at, string message)
    {
        var (line, column) = lines.Find(at);
        return new ToolException(string.Create(CultureInfo.InvariantCulture, $"{path}({line + 1},{column + 1}): {message}"));
    }

    public ToolException Mistake(string message, SpecNode? at = null) => Mistake(path, lines, (at ?? node).Range.Start, message);

    public void OnlyKnows(params string[] names)
    {
        if (node.Kind != JsonKind.Object) throw Mistake("an object is expected here");
        foreach (var member in node.Members)
        {
            if (!names.Contains(member.Name)) throw Mistake(path, lines, member.NameRange.Start, Unknown("property", member.Name, names));
        }
    }

    /// <summary>The message about an unknown word.</summary>
    public static string Unknown(string what, string word, IReadOnlyCollection<string> known)
        => $"unknown {what} '{Characters.Show(word)}'; "
        + (NearestName.Find(word, known) is { } nearest ? $"did you mean '{nearest}'?" : $"known are {string.Join(", ", known)}");

    public IEnumerable<ScriptNode> Items(string name)
    {
        if (node.Get(name) is not { } list) return [];
        return list.IsArray ? list.Items.Select(item => new ScriptNode(path, lines, item)) : throw Mistake($"'{name}' is a list", list);
    }

    public ScriptNode? Object(string name) => node.Get(name) is { } value ? new ScriptNode(path, lines, value) : null;

    public string? Text(string name)
        => node.Get(name) is not { } value ? null : value.Kind == JsonKind.String ? value.Text : throw Mistake($"'{name}' is a string", value);

    public string Needed(string name) => Text(name) ?? throw Mistake($"'{name}' is missing here");

    public bool Flag(string name)
        => node.Get(name) is { } value && (value.TryGetBoolean(out var flag) ? flag : throw Mistake($"'{name}' is true or false", value));

    public int? Integer(string name)
        => node.Get(name) is not { } value ? null
            : value.Kind == JsonKind.Number && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Mistake($"'{name}' is an integer", value);

    public double? Number(string name)
        => node.Get(name) is not { } value ? null
            : value.Kind == JsonKind.Number && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw Mistake($"'{name}' is a number", value);

    /// <summary>A time: seconds as a number, or text such as 250ms, 90s, 10m.</summary>
    public TimeSpan? Time(string name)
    {
        if (node.Get(name) is not { } value) return null;
        if (value.Kind == JsonKind.Number) return TimeSpan.FromSeconds(Number(name)!.Value);
        var text = Text(name)!;
        try
        {
            return text.EndsWith("ms", StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                ? TimeSpan.FromMilliseconds(count)
                : Duration.Parse(text);
        }
        catch (ToolException ex)
        {
            throw Mistake(ex.Message, value);
        }
    }

    /// <summary>A value as JSON text.</summary>
    public string? JsonText(string name) => node.Get(name) is { } value ? DocumentText.Write(value).TrimEnd('\n') : null;
}
