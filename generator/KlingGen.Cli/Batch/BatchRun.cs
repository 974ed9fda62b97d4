using Fal;
using Fal.Jobs;
using KlingGen.Cli.Terminal;
using Spectre.Console;

namespace KlingGen.Cli.Batch;

/// <summary>Runs a batch until it has nothing more to do, and reports its progress.</summary>
/// <param name="console">Hears of the progress.</param>
/// <param name="client">The client; its key pays.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="folder">Where results go.</param>
internal sealed class BatchRun(ToolConsole console, FalClient client, IFalLedger ledger, string folder)
{
    private const int LeastConcurrency = 16;
    private const int MostConcurrency = 64;

    private static readonly TimeSpan LivePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LinePause = TimeSpan.FromSeconds(30);

    /// <summary>Runs.</summary>
    /// <returns>The batch in its final state.</returns>
    /// <exception cref="OperationCanceledException">The run was interrupted; submits under way were waited for.</exception>
    public async Task<FalBatch> RunAsync(FalBatch batch, CancellationToken cancellation)
    {
        var options = new FalJobRunnerOptions
        {
            Saver = new FalFolderSaver(folder),
            Concurrency = Math.Clamp(batch.Policy.Window, LeastConcurrency, MostConcurrency),
            OnError = error => console.Say($"{console.ErrorPaint.Yellow("warning:")} {Visible.Text(error.Message)}"),
            TimeProvider = console.Time,
        };
        var pace = new BatchPace(console.Time, await ledger.CountAsync(batch.Name, cancellation).ConfigureAwait(false));
        var running = new FalJobRunner(client, ledger, options).RunUntilIdleAsync(batch.Name, cancellation);
        if (console.IsLive) await ShowBarAsync(running, batch.Name, pace).ConfigureAwait(false);
        else await SayLinesAsync(running, batch.Name, pace).ConfigureAwait(false);
        var after = await running.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return after;
    }

    private async Task SayLinesAsync(Task running, string batch, BatchPace pace)
    {
        var last = "";
        while (await IsRunningAsync(running, LinePause).ConfigureAwait(false))
        {
            var line = pace.Line(await ledger.CountAsync(batch).ConfigureAwait(false));
            if (line != last) console.Say(last = line);
        }
    }

    private async Task ShowBarAsync(Task running, string batch, BatchPace pace)
    {
        var bar = console.Live.Progress().AutoClear(true).Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn());
        await bar.StartAsync(async context =>
        {
            ProgressTask? task = null;
            do
            {
                var counts = await ledger.CountAsync(batch).ConfigureAwait(false);
                // Spectre.Console refuses a task without a description.
                task ??= context.AddTask(pace.Line(counts).EscapeMarkup());
                task.MaxValue = Math.Max(1, counts.Total);
                task.Value = BatchPace.Ended(counts);
                task.Description = pace.Line(counts).EscapeMarkup();
            }
            while (await IsRunningAsync(running, LivePause).ConfigureAwait(false));
        }).ConfigureAwait(false);
    }

    private async Task<bool> IsRunningAsync(Task running, TimeSpan pause)
    {
        using var stop = new CancellationTokenSource();
        await Task.WhenAny(running, Task.Delay(pause, console.Time, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        return !running.IsCompleted;
    }
}
