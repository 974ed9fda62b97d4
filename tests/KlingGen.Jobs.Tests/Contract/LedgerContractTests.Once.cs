using System.Net;
using System.Text.Json;
using static Fal.Jobs.FalLedgerState;

namespace Fal.Jobs.Tests.Contract;

/// <summary>SubmitOnceAsync over each ledger.</summary>
public abstract partial class LedgerContractTests
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task SubmitOnce_returns_the_same_job_for_the_same_key_and_body()
    {
        using var fal = new ScriptedFal();
        var first = await OnceAsync(Ledger, fal, "order-1", """{"prompt":"snow","seed":1}""");
        // The order of properties is no other body.
        var again = await OnceAsync(await OpenAgainAsync(), fal, "order-1", """{"seed":1,"prompt":"snow"}""");
        Assert.Equal(Submitted, first.State);
        Assert.Equal(first.Job!.RequestId, again.Job!.RequestId);
        Assert.Equal(["""{"prompt":"snow","seed":1}"""], fal.Submits);
        Assert.Equal(fal.Submits[0], first.Entry.WireBody);
        var other = await OnceAsync(Ledger, fal, "order-2", """{"prompt":"snow","seed":1}""");
        Assert.NotEqual(first.Job.RequestId, other.Job!.RequestId);
    }

    [Fact]
    public async Task SubmitOnce_refuses_the_key_of_another_body()
    {
        using var fal = new ScriptedFal();
        await OnceAsync(Ledger, fal, "order-1", """{"prompt":"snow"}""");
        var other = await OpenAgainAsync();
        await Assert.ThrowsAsync<FalKeyConflictException>(() => OnceAsync(other, fal, "order-1", """{"prompt":"rain"}"""));
        Assert.Single(fal.Submits);
    }

    [Fact]
    public async Task SubmitOnce_reports_a_lost_answer_and_never_submits_again()
    {
        using var fal = new ScriptedFal { OnSubmit = () => throw new HttpRequestException("The connection was reset.") };
        Assert.Equal((Unknown, null), StateOf(await OnceAsync(Ledger, fal, "order-1")));
        var other = await OpenAgainAsync();
        for (var call = 0; call < 3; call++)
        {
            Time.Advance(TimeSpan.FromDays(2));
            var again = await OnceAsync(other, fal, "order-1");
            Assert.Equal((Unknown, null), StateOf(again));
            Assert.NotNull(again.Reason);
            await Assert.ThrowsAsync<InvalidOperationException>(() => again.GetResultAsync());
        }
        Assert.Single(fal.Submits);
    }

    [Fact]
    public async Task SubmitOnce_of_two_processes_at_once_submits_once()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var fal = new ScriptedFal
        {
            OnSubmit = async () =>
            {
                arrived.SetResult();
                await release.Task;
                return null;
            },
        };
        var first = OnceAsync(Ledger, fal, "order-1");
        await arrived.Task.WaitAsync(HangGuard);
        var second = OnceAsync(await OpenAgainAsync(), fal, "order-1");
        release.SetResult();
        var job = await first.WaitAsync(HangGuard);
        // A ledger that hears nothing of other processes looks again after a second.
        while (!second.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }
        Assert.Equal(job.Job!.RequestId, (await second).Job!.RequestId);
        Assert.Single(fal.Submits);
    }

    [Fact]
    public async Task SubmitOnce_takes_the_intent_of_a_dead_process_for_unknown()
    {
        using var fal = new ScriptedFal();
        await Ledger.AddBatchAsync("once", new FalJobPolicy());
        await Ledger.AddAsync([new FalNewEntry("once", "order-1", Endpoint, Parse("""{"prompt":"snow"}"""))]);
        var entry = (await Ledger.FindAsync(FalNewEntry.GetId("once", "order-1")))!;
        var intent = entry with { State = Submitting, WireBody = entry.Input, IntentAt = Now, LeaseUntil = Now.AddMinutes(10) };
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, intent));
        Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal((Unknown, null), StateOf(await OnceAsync(Ledger, fal, "order-1")));
        Assert.Empty(fal.Submits);
    }

    [Fact]
    public async Task SubmitOnce_throws_a_refusal_of_the_account_and_submits_again_afterwards()
    {
        using var fal = new ScriptedFal();
        fal.OnSubmit = () => Task.FromResult<HttpResponseMessage?>(ScriptedFal.Answer(HttpStatusCode.Unauthorized, """{"detail":"no"}"""));
        await Assert.ThrowsAsync<FalAuthenticationException>(() => OnceAsync(Ledger, fal, "order-1"));
        fal.OnSubmit = null;
        Assert.Equal(Submitted, (await OnceAsync(await OpenAgainAsync(), fal, "order-1")).State);
        Assert.Equal(2, fal.Submits.Count);
    }

    [Fact]
    public async Task SubmitOnce_remembers_a_request_that_fal_refused()
    {
        using var fal = new ScriptedFal();
        const string Refusal = """{"detail":[{"loc":["body","prompt"],"msg":"too long","type":"string_too_long"}]}""";
        fal.OnSubmit = () => Task.FromResult<HttpResponseMessage?>(ScriptedFal.Answer(HttpStatusCode.UnprocessableEntity, Refusal));
        await Assert.ThrowsAsync<FalRequestRejectedException>(() => OnceAsync(Ledger, fal, "order-1"));
        fal.OnSubmit = null;
        var again = await OnceAsync(Ledger, fal, "order-1");
        Assert.Equal((Failed, null), StateOf(again));
        Assert.Contains("too long", again.Reason);
        Assert.Single(fal.Submits);
    }

    [Fact]
    public async Task SubmitOnce_keeps_the_limits_of_a_batch()
    {
        using var fal = new ScriptedFal();
        await Ledger.AddBatchAsync("films", new FalJobPolicy());
        await Ledger.UpdateBatchAsync("films", batch => batch.Pause(FalPauseKind.Person, "Not today."));
        var options = new FalSubmitOnceOptions { Batch = "films", TimeProvider = Time };
        var waiting = await OnceAsync(Ledger, fal, "order-1", options: options);
        Assert.Equal((Queued, "Not today."), (waiting.State, waiting.Reason));
        Assert.Empty(fal.Submits);
        await Ledger.UpdateBatchAsync("films", batch => batch.Resume());
        Assert.Equal(Submitted, (await OnceAsync(Ledger, fal, "order-1", options: options)).State);
    }

    [Fact]
    public async Task SubmitOnce_stores_the_result_that_was_waited_for()
    {
        using var fal = new ScriptedFal();
        var job = await OnceAsync(Ledger, fal, "order-1");
        var result = await job.GetResultAsync();
        var calls = fal.Requests;
        var again = await OnceAsync(await OpenAgainAsync(), fal, "order-1");
        Assert.Equal(Finished, again.State);
        Assert.Equal(result.Json.ToString(), (await again.GetResultAsync()).Json.ToString());
        Assert.Equal(calls, fal.Requests);
    }

    private static (FalLedgerState, FalJob<FalRawResult>?) StateOf(FalOnceJob<FalRawResult> job) => (job.State, job.Job);

    private async Task<FalOnceJob<FalRawResult>> OnceAsync(
        IFalLedger ledger, ScriptedFal fal, string key, string body = """{"prompt":"snow"}""", FalSubmitOnceOptions? options = null)
    {
        var endpoint = fal.CreateClient().Endpoint(Endpoint);
        var request = new FalRawResult { Json = Parse(body) };
        return await ledger.SubmitOnceAsync(endpoint, key, request, options ?? new FalSubmitOnceOptions { TimeProvider = Time });
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
