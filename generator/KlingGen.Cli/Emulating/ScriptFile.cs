using Fal.Emulation;
using KlingGen.Json;

namespace KlingGen.Cli.Emulating;

/// <summary>
/// The script of <c>klinggen serve --script</c>: a JSON object with <c>runs</c> (what becomes of jobs) and <c>faults</c> (what goes wrong with
/// calls). It is
/// read as a whole before anything is planned, and a mistake is reported with its line.
/// </summary>
internal sealed class ScriptFile
{
    private readonly List<Action<FalEmulator>> _plans = [];

    private ScriptFile()
    {
    }

    /// <summary>Reads a script.</summary>
    /// <exception cref="ToolException">The file cannot be read or has a mistake; the message begins with the file and the line.</exception>
    public static ScriptFile Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The script '{path}' cannot be read: {ex.Message}", ex);
        }

        return Parse(path, text);
    }

    /// <summary>Reads the text of a script.</summary>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ToolException">It has a mistake; the message begins with the name and the line.</exception>
    public static ScriptFile Parse(string path, string text)
    {
        var reading = JsonReader.Read(text);
        var lines = new LineMap(text);
        if (reading.Problems.Length > 0)
            throw ScriptNode.Mistake(path, lines, reading.Problems[0].Range.Start, reading.Problems[0].Message);
        var script = new ScriptFile();
        var root = new ScriptNode(path, lines, reading.Root!);
        root.OnlyKnows("runs", "faults");
        foreach (var run in root.Items("runs")) script._plans.Add(ScriptRun.Read(run));
        foreach (var fault in root.Items("faults")) script._plans.Add(ScriptFault.Read(fault));
        return script;
    }

    /// <summary>Plans everything.</summary>
    public void ApplyTo(FalEmulator emulator)
    {
        foreach (var plan in _plans) plan(emulator);
    }
}
