using System.Net;
using System.Reflection;
using System.Text.Json;
using Fal.Jobs.Tests.Contract;
using Microsoft.Extensions.Time.Testing;

namespace Fal.Jobs.Tests;

/// <summary>The runner on a clock of the test: jobs that fal does not find, and a ledger that is away for a while.</summary>
public sealed class RunnerClockTests
{
    private const string Endpoint = "acme/lumen/v1/text-to-clip";

    // A run that had to wait for the end of a lease would not end within a test.
    private static readonly TimeSpan Lease = TimeSpan.FromDays(1000);
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(2);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Lasting_404_frees_the_window_and_is_no_new_submit()
    {
        using var fal = new ScriptedFal();
        using var client = fal.CreateClient();
        var ledger = new FalMemoryLedger(_time);
        await AddAsync(ledger, 2, window: 1);
        string? lost = null;
        var isLost = true;
        fal.OnStatus = requestId => requestId == (lost ??= requestId) && isLost
            ? ScriptedFal.Answer(HttpStatusCode.NotFound, """{"detail":"Request not found"}""") : null;

        // In larger steps: a job is not found after ten polls, with pauses of up to 15 minutes between them.
        await RunUntilAsync(client, ledger, async () => (await ledger.CountAsync())[FalLedgerState.Saved] == 1, step: 10);
        var unknown = Assert.Single(await ledger.ListAsync(new FalLedgerQuery { States = [FalLedgerState.Unknown] }));
        Assert.Equal((lost, FalJobError.JobNotFoundKind), (unknown.RequestId, unknown.ErrorKind));
        Assert.Contains("klinggen batch resolve", unknown.Reason);

        isLost = false;
        await RunUntilAsync(client, ledger, async () => (await ledger.CountAsync())[FalLedgerState.Saved] == 2);
        Assert.Equal(2, fal.Submits.Count);
    }

    [Fact]
    public async Task Job_is_kept_when_the_callback_for_its_token_outlasts_the_deadline()
    {
        using var fal = new ScriptedFal();
        using var client = fal.CreateClient(options => options.TimeProvider = _time);
        var ledger = new FalMemoryLedger(_time);
        await AddAsync(ledger, 1, window: 1);
        string? accepted = null;
        var submit = new FalSubmitOptions
        {
            OnAccepted = async (token, stop) =>
            {
                accepted = token.RequestId;
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            },
        };
        await RunUntilAsync(client, ledger, async () => (await ledger.CountAsync())[FalLedgerState.Saved] == 1, step: 10, submit: submit);
        var entry = Assert.Single(await ledger.ListAsync(new FalLedgerQuery()));
        Assert.Equal((accepted, 1), (entry.RequestId, entry.Attempts));
        Assert.Single(fal.Submits);
    }

    [Fact]
    public async Task Deadline_before_the_submit_leaves_no_unknown_outcome()
    {
        using var fal = new ScriptedFal();
        using var client = fal.CreateClient(options =>
        {
            options.TimeProvider = _time;
            options.Retry = new FalRetryOptions { MaxRetries = 100 };
        });
        var ledger = new FalMemoryLedger(_time);
        await AddAsync(ledger, 1, window: 1);
        // fal accepts nothing until the deadline of the submit has passed.
        var start = _time.GetUtcNow();
        fal.OnSubmit = () => Task.FromResult(_time.GetUtcNow() - start < TimeSpan.FromMinutes(6)
            ? ScriptedFal.Answer(HttpStatusCode.TooManyRequests, """{"detail":"Too many requests."}""") : null);
        var states = new HashSet<FalLedgerState>();
        await RunUntilAsync(
            client,
            ledger,
            async () =>
            {
                var entry = Assert.Single(await ledger.ListAsync(new FalLedgerQuery()));
                states.Add(entry.State);
                return entry.State == FalLedgerState.Saved;
            },
            step: 5);
        Assert.DoesNotContain(FalLedgerState.Unknown, states);
    }

    public static TheoryData<int, bool, int> Faults()
    {
        var data = new TheoryData<int, bool, int>();
        // Every call to the ledger of the first entry's way, without and with its effect, and a longer outage that begins with it.
        for (var call = 1; call <= 24; call++)
        {
            data.Add(call, false, 0);
            data.Add(call, true, 0);
            data.Add(call, true, 180);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Entry_goes_on_without_the_end_of_its_lease_when_the_ledger_is_back(int call, bool takesEffect, int seconds)
    {
        using var fal = new ScriptedFal();
        using var client = fal.CreateClient();
        var inner = new FalMemoryLedger(_time);
        await AddAsync(inner, 2, window: 1);
        var (calls, back) = (0, DateTimeOffset.MaxValue);
        var ledger = FaultyLedger.Create(inner, () =>
        {
            if (Interlocked.Increment(ref calls) == call) back = _time.GetUtcNow().AddSeconds(seconds);
            else if (calls < call || _time.GetUtcNow() >= back) return null;
            return takesEffect && calls == call;
        });
        var errors = 0;
        await RunUntilAsync(
            client, ledger, async () => (await inner.CountAsync())[FalLedgerState.Saved] == 2, _ => Interlocked.Increment(ref errors));
        Assert.True(errors > 0, "No fault was met.");
        Assert.Equal(2, fal.Submits.Count);
        Assert.All(await inner.ListAsync(new FalLedgerQuery()), entry => Assert.Null(entry.LeaseOwner));
    }

    private static async Task AddAsync(FalMemoryLedger ledger, int count, int window)
    {
        await ledger.AddBatchAsync("films", new FalJobPolicy { Window = window });
        var entries = Enumerable.Range(0, count).Select(i =>
        {
            using var input = JsonDocument.Parse($$"""{"prompt":"film {{i}}"}""");
            return new FalNewEntry("films", $"k{i}", Endpoint, input.RootElement.Clone());
        });
        await ledger.AddAsync([.. entries]);
    }

    private async Task RunUntilAsync(FalClient client, IFalLedger ledger, Func<Task<bool>> isDone, Action<Exception>? onError = null, int step = 1,
        FalSubmitOptions? submit = null)
    {
        var options = new FalJobRunnerOptions
        {
            Saver = new NoFiles(),
            TimeProvider = _time,
            Lease = Lease,
            OnError = onError,
            SubmitOptions = submit is null ? null : _ => submit,
        };
        using var stop = new CancellationTokenSource();
        var run = new FalJobRunner(client, ledger, options).RunAsync(stop.Token);
        var guard = Task.Delay(HangGuard);
        while (!await isDone())
        {
            Assert.False(guard.IsCompleted, "The runner waits for something that does not come.");
            _time.Advance(TimeSpan.FromSeconds(step));
            await Task.Delay(1);
        }
        await stop.CancelAsync();
        await run.WaitAsync(HangGuard);
    }

    private sealed class NoFiles : IFalJobSaver
    {
        public Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<string>>(["film.mp4"]);
    }
}

/// <summary>A ledger whose calls fail as the test says: true after the change was stored, false before.</summary>
public class FaultyLedger : DispatchProxy
{
    private IFalLedger? _inner;
    private Func<bool?>? _fault;

    public static IFalLedger Create(IFalLedger inner, Func<bool?> fault)
    {
        var ledger = Create<IFalLedger, FaultyLedger>();
        (((FaultyLedger)(object)ledger)._inner, ((FaultyLedger)(object)ledger)._fault) = (inner, fault);
        return ledger;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var fault = targetMethod!.Name == nameof(IFalLedger.WaitForWorkAsync) ? null : _fault!();
        var answer = fault == false ? null : targetMethod.Invoke(_inner, args);
        return fault is null ? answer : throw new IOException("The ledger is away.");
    }
}
