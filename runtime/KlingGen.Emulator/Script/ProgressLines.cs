namespace Fal.Emulation;

/// <summary>Log lines in the format of a progress bar of a model.</summary>
internal static class ProgressLines
{
    private const int Steps = 4;
    private const int Width = 10;

    public static IReadOnlyList<FalEmulatedLog> Default { get; }
        = [new FalEmulatedLog("Loading the model"), .. Enumerable.Range(1, Steps).Select(Line)];

    private static FalEmulatedLog Line(int step)
    {
        var full = Width * step / Steps;
        return new($"{100 * step / Steps,3}%|{new string('█', full)}{new string(' ', Width - full)}| {step}/{Steps}") { Level = "STDERR" };
    }
}
