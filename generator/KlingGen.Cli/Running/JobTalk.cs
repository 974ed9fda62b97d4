using System.Globalization;
using System.Text.RegularExpressions;
using Fal;
using KlingGen.Cli.Terminal;
using Spectre.Console;

namespace KlingGen.Cli.Running;

/// <summary>Progress output of a job: a bar on an interactive terminal, else a line per change of state; log lines in both.</summary>
internal sealed partial class JobTalk(ToolConsole console)
{
    /// <summary>Follows the job to its end.</summary>
    public async Task FollowAsync(IAsyncEnumerable<FalJobUpdate> updates)
    {
        if (!console.IsLive)
        {
            var last = "";
            await foreach (var update in updates.ConfigureAwait(false))
            {
                Logs(update);
                var state = StateOf(update.Status);
                if (state != last) console.Say(last = state);
            }

            return;
        }

        var bar = console.Live.Progress().AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn());
        await bar.StartAsync(async context =>
        {
            var task = context.AddTask("submitted", maxValue: 100);
            task.IsIndeterminate = true;
            await foreach (var update in updates.ConfigureAwait(false))
            {
                Logs(update);
                task.Description = StateOf(update.Status).EscapeMarkup();
                if (Percent(update) is not { } percent) continue;
                task.IsIndeterminate = false;
                task.Value = Math.Max(task.Value, percent);
            }
        }).ConfigureAwait(false);
    }

    /// <summary>The state in words.</summary>
    public static string StateOf(FalJobStatus status)
        => status.IsFinal ? "completed"
            : status.State == FalJobState.InQueue
                ? status.QueuePosition is { } place ? string.Create(CultureInfo.InvariantCulture, $"in the queue, {place} ahead") : "in the queue"
                : status.State == FalJobState.InProgress ? "in progress"
            : Visible.Text(status.State.Word);

    /// <summary>Models draw bars into their logs, as Python does: the last percentage is how far the job is.</summary>
    public static double? Percent(FalJobUpdate update)
    {
        for (var i = update.NewLogs.Count - 1; i >= 0; i--)
        {
            if (PercentPattern().Match(update.NewLogs[i].Message) is { Success: true } match)
                return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        }

        return null;
    }

    private void Logs(FalJobUpdate update)
    {
        foreach (var line in update.NewLogs)
        {
            var text = "  " + Visible.Text(line.Message);
            if (console.IsLive) console.Live.WriteLine(console.WithoutSecrets(text));
            else console.Say(text);
        }
    }

    [GeneratedRegex(@"\b(100|\d{1,2})%\|", RegexOptions.CultureInvariant)]
    private static partial Regex PercentPattern();
}
