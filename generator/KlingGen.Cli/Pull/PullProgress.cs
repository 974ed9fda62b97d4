using System.Globalization;
using KlingGen.Cli.Terminal;
using Spectre.Console;

namespace KlingGen.Cli.Pull;

/// <summary>A line per document, for logs and pipes.</summary>
internal sealed class PlainProgress(ToolConsole console) : IPullProgress
{
    private readonly object _gate = new();
    private int _count;
    private int _done;

    public void Start(int count) => _count = count;

    public void Done(PullResult result)
    {
        lock (_gate)
        {
            _done++;
            console.Say(string.Create(CultureInfo.InvariantCulture, $"[{_done}/{_count}] {result.Id}: {PullText.ForOutcome(result.Outcome)}"));
        }
    }
}

/// <summary>A progress bar, for an interactive terminal.</summary>
internal sealed class LiveProgress(ProgressTask task) : IPullProgress
{
    public void Start(int count) => task.MaxValue(count);

    public void Done(PullResult result) => task.Increment(1);
}

/// <summary>Outcomes in words.</summary>
internal static class PullText
{
    public static string ForOutcome(PullOutcome outcome) => outcome switch
    {
        PullOutcome.Added => "new",
        PullOutcome.Changed => "changed",
        PullOutcome.Reformatted => "reformatted",
        PullOutcome.Unchanged => "unchanged",
        PullOutcome.Refused => "refused",
        _ => "unreachable",
    };
}
