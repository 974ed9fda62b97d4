using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using static Fal.Jobs.FalLedgerState;

namespace Fal.Jobs.Tests.Simulation;

/// <summary>
/// Runs the real <see cref="EntryWorker"/> of several processes against a simulated fal. Every call to the ledger and to fal waits at a gate; the
/// schedule decides which process goes on, dies, or sleeps, so each interleaving and each moment of a crash can occur.
/// </summary>
internal sealed class Schedule
{
    public const int Window = 3;
    public const decimal Budget = 9m;
    public const int EntriesPerBody = 2;
    private const int Entries = 6;
    private const string Batch = "films";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));
    private readonly FalMemoryLedger _ledger;
    private readonly SimulatedFal _fal;
    private readonly Process[] _processes;

    public Schedule()
    {
        _ledger = new FalMemoryLedger(_time);
        _fal = new SimulatedFal(_ledger, _time);
        _processes = [.. Enumerable.Range(0, 3).Select(_ => new Process())];
        var policy = new FalJobPolicy { Window = Window, Budget = Budget, MaxConsecutiveFailures = 4, MaxRetries = 3 };
        Now(_ledger.AddBatchAsync(Batch, policy));
        // Pairs of entries with the same body: the request list cannot tell their jobs apart.
        var entries = Enumerable.Range(0, Entries)
            .Select(i => new FalNewEntry(Batch, $"k{i}", "acme/lumen/v1/text-to-clip", Body(i / EntriesPerBody)));
        Now(_ledger.AddAsync([.. entries]));
    }

    public async Task RunAsync(int[] commands)
    {
        foreach (var command in commands)
        {
            await ObeyAsync(command);
            await RequireInvariantsAsync();
        }
        await SettleAsync();
        await RequireEndAsync();
    }

    private static JsonElement Body(int i)
    {
        using var json = JsonDocument.Parse($$"""{"prompt":"film {{i}}"}""");
        return json.RootElement.Clone();
    }

    private static T Now<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : throw new InvalidOperationException("Not completed.");

    private async Task ObeyAsync(int command)
    {
        var (kind, choice) = (command % 24, command / 24);
        switch (kind)
        {
            case < 12:
                await AdvanceAsync(_processes[choice % _processes.Length], choice / 3 % 2 == 0 ? FalClaimKind.New : FalClaimKind.Started);
                break;
            case 12:
                _processes[choice % _processes.Length].Kill();
                break;
            case 13 or 14:
                _time.Advance(TimeSpan.FromSeconds(1 << (choice % 8)));
                break;
            case 15:
                _time.Advance(TimeSpan.FromMinutes(choice % 3 == 0 ? 11 : 2));
                break;
            case 16 or 17:
                _fal.Plan((SubmitFault)(choice % 8));
                break;
            case 18 or 19:
                EndJob(choice / 8, choice % 8 < 5 ? JobEnding.Success : (JobEnding)(choice % 8 - 4));
                break;
            case 20:
                await DeliverWebhookAsync(choice);
                break;
            case 21:
                await _ledger.UpdateBatchAsync(Batch, batch => choice % 3 == 0 ? batch.Pause(FalPauseKind.Person, "Paused.") : batch.Resume());
                break;
            case 22:
                _fal.SaveFaults.Enqueue(choice % 2 == 0);
                break;
            default:
                if (choice % 4 == 3) ForgetJob(choice / 4);
                else _fal.ListsRunning = choice % 2 == 0;
                break;
        }
    }

    private async Task AdvanceAsync(Process process, FalClaimKind kind)
    {
        if (process.Advance()) return;
        var claimed = await _ledger.ClaimAsync(new FalClaim { Owner = "p", Kind = kind, Limit = 2, Lease = Lease });
        if (claimed.Count == 0) return;
        var gated = new GatedLedger(_ledger, process.Gate);
        var worker = new EntryWorker(gated, new Effects(_fal, process.Gate), _time, Lease);
        process.Start(async () =>
        {
            foreach (var entry in claimed) await worker.ProcessAsync(entry, CancellationToken.None);
        });
    }

    private void EndJob(int choice, JobEnding ending)
    {
        var open = _fal.Jobs.Where(job => job.Ending is null).ToList();
        if (open.Count > 0) open[choice % open.Count].Ending = ending;
    }

    private void ForgetJob(int choice)
    {
        if (_fal.Jobs.Count == 0) return;
        var job = _fal.Jobs[choice % _fal.Jobs.Count];
        job.IsForgotten = !job.IsForgotten;
    }

    // fal delivers late, twice, and out of order.
    private async Task DeliverWebhookAsync(int choice)
    {
        var ended = _fal.Jobs.Where(job => job.Ending is not null).ToList();
        if (ended.Count == 0) return;
        var job = ended[choice % ended.Count];
        var worker = new EntryWorker(_ledger, new Effects(_fal, () => Task.CompletedTask), _time, Lease);
        await worker.RecordAsync(job.EntryId, entry => entry.SubmitId == job.SubmitId, new FalJobFound(job.Token), CancellationToken.None);
    }

    private async Task RequireInvariantsAsync()
    {
        foreach (var process in _processes) process.ThrowIfFailed();
        var entries = await _ledger.ListAsync(new FalLedgerQuery());
        var batch = await _ledger.FindBatchAsync(Batch);
        Assert.Equal(entries.Sum(entry => entry.Committed), batch!.Committed);
        Assert.True(batch.Committed <= Budget, $"{batch.Committed} is committed.");
        Assert.True(_fal.Charged <= Budget, $"{_fal.Charged} was charged.");
    }

    /// <summary>From here on nothing fails: processes live, jobs succeed, and a person resumes what is paused.</summary>
    private async Task SettleAsync()
    {
        _fal.Calm();
        foreach (var process in _processes) process.Kill();
        for (var round = 0; round < 60; round++)
        {
            foreach (var job in _fal.Jobs.Where(job => job.Ending is null)) job.Ending = JobEnding.Success;
            await _ledger.UpdateBatchAsync(Batch, batch => batch.PauseKind is null or FalPauseKind.Budget ? batch : batch.Resume());
            foreach (var kind in (FalClaimKind[])[FalClaimKind.Started, FalClaimKind.New])
            {
                do await AdvanceAsync(_processes[0], kind);
                while (_processes[0].IsBusy);
            }
            await RequireInvariantsAsync();
            _time.Advance(TimeSpan.FromMinutes(16));
        }
    }

    private async Task RequireEndAsync()
    {
        var batch = await _ledger.FindBatchAsync(Batch);
        foreach (var entry in await _ledger.ListAsync(new FalLedgerQuery()))
        {
            var stands = entry.IsEnded || entry.State == Unknown
                || (entry.State == Queued && batch is { PauseKind: FalPauseKind.Budget, Reason: not null });
            Assert.True(stands, $"{entry} stands with {batch}.");
            Assert.True(entry.State == Saved || entry.Reason is not null || entry.State == Queued, $"{entry} has no reason.");
        }
        // Every job of fal has its entry, or an entry with its body that says that a job may be running: those are interchangeable.
        var entries = await _ledger.ListAsync(new FalLedgerQuery());
        foreach (var job in _fal.Jobs)
        {
            var entry = await _ledger.FindByRequestIdAsync(job.Token.RequestId) ?? await _ledger.FindAsync(job.EntryId);
            var isKnown = entry!.RequestId == job.Token.RequestId || entry.FormerRequestIds.Contains(job.Token.RequestId)
                || entries.Any(other => other.State == Unknown && other.WireBody == job.Body);
            Assert.True(isKnown, $"The job {job.Token.RequestId} is lost: {entry}.");
        }
    }

    private sealed class Effects(SimulatedFal fal, Func<Task> gate) : IJobEffects
    {
        public FalEntryClaimed Describe(FalLedgerEntry entry) => new(1m);

        public async Task<FalJobFact> MakeBodyAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
        {
            await gate();
            return new FalBodyMade(entry.Media, WireBody.Make(entry.Input, [], _ => ""));
        }

        public async Task<FalJobFact> SubmitAsync(FalLedgerEntry entry)
        {
            var fact = fal.Submit(entry);
            // A crash here is the one that matters: fal has the job, and the answer is not stored.
            await gate();
            return fact;
        }

        public async Task<FalJobFact> PollAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
        {
            await gate();
            var fact = fal.Poll(entry);
            await gate();
            return fact;
        }

        public async Task<FalJobFact?> SaveAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
        {
            await gate();
            return fal.SaveFaults.TryDequeue(out var isFull)
                ? new FalStepFailed(new FalJobError(isFull ? FalJobErrorClass.DiskFull : FalJobErrorClass.Temporary, "save", "The save failed."))
                : new FalFilesSaved(["a.mp4"]);
        }

        public async Task<FalJobFact> SearchAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
        {
            await gate();
            var fact = await fal.SearchAsync(entry);
            await gate();
            return fact;
        }
    }
}
