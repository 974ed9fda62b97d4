using System.Text.Json;

namespace Fal.Jobs.Tests;

/// <summary>The decisions about an entry whose job fal answers with 404.</summary>
public sealed class JobStepTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly FalBatch Batch = new() { Name = "films" };
    private static readonly FalStepFailed NotFound = Failed(FalJobErrorClass.JobNotFound, FalJobError.JobNotFoundKind);

    [Fact]
    public void Ten_404_answers_in_a_row_make_the_entry_unknown()
    {
        var (entry, now) = NotFoundTimes(Submitted(), 9, Start);
        Assert.Equal(FalLedgerState.Submitted, entry.State);
        (entry, now) = NotFoundTimes(entry, 1, now);
        Assert.Equal(FalLedgerState.Unknown, entry.State);
        Assert.InRange(now - Start, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(45));
        Assert.NotNull(entry.Token);
        Assert.Equal(1m, entry.Committed);
        Assert.Contains(entry.RequestId!, entry.Reason);
        Assert.Contains("klinggen batch resolve", entry.Reason);
    }

    [Fact]
    public void Another_error_begins_the_count_of_404_answers_again()
    {
        var (entry, now) = NotFoundTimes(Submitted(), 9, Start);
        entry = Apply(entry, Failed(FalJobErrorClass.Temporary, "503"), now);
        (entry, now) = NotFoundTimes(entry, 9, entry.DueAt);
        Assert.Equal(FalLedgerState.Submitted, entry.State);
        entry = Apply(entry, new FalJobRunning(), now);
        Assert.Equal((0, null, null), (entry.Retries, entry.Reason, entry.ErrorKind));
    }

    [Fact]
    public void Entry_with_a_job_is_never_submitted_again_by_the_policy()
    {
        var resubmits = Batch with { Policy = new FalJobPolicy { UnknownPolicy = FalUnknownPolicy.ResubmitAfterHorizon } };
        var (entry, now) = NotFoundTimes(Submitted(), 10, Start);
        for (var poll = 0; poll < 500; poll++)
        {
            Assert.Equal(FalJobActionKind.Poll, FalJobStep.Decide(entry, resubmits, new FalEntryClaimed(), now).Kind);
            entry = FalJobStep.Decide(entry, resubmits, NotFound, now).After!;
            Assert.Equal(FalLedgerState.Unknown, entry.State);
            now = entry.DueAt;
        }
        Assert.True(now - Start > TimeSpan.FromDays(30));
        Assert.Contains("klinggen batch resolve", entry.Reason);
    }

    [Fact]
    public void Entry_goes_on_when_fal_finds_its_job_again()
    {
        FalJobFact[] facts =
        [
            new FalJobRunning(), new FalJobSucceeded("{}", 1m), Failed(FalJobErrorClass.JobFailed, "failed"),
            Failed(FalJobErrorClass.JobTransient, "transient"), Failed(FalJobErrorClass.JobCancelled, "cancelled"),
        ];
        var (unknown, now) = NotFoundTimes(Submitted(), 10, Start);
        foreach (var fact in facts)
        {
            var found = Apply(unknown, fact, now);
            Assert.Equal((FalLedgerState.Submitted, unknown.RequestId, now), (found.State, found.RequestId, found.DueAt));
        }
    }

    [Fact]
    public void Decisions_keep_the_id_of_the_job_that_was_not_found()
    {
        var (unknown, now) = NotFoundTimes(Submitted(), 10, Start);
        var queued = FalJobDecisions.Requeue(unknown, now);
        FalLedgerRules.ValidateChange(unknown, queued);
        Assert.Equal((FalLedgerState.Queued, null, null), (queued.State, queued.Token, queued.IntentAt));
        Assert.Equal([unknown.RequestId!], queued.FormerRequestIds);
        var other = Token("22222222-2222-4222-8222-222222222222");
        var resolved = FalJobDecisions.Resolve(unknown, other, now);
        Assert.Equal((FalLedgerState.Submitted, other.RequestId), (resolved.State, resolved.RequestId));
        Assert.Equal([unknown.RequestId!], resolved.FormerRequestIds);
    }

    private static FalStepFailed Failed(FalJobErrorClass type, string kind) => new(new FalJobError(type, kind, kind));

    private static FalJobToken Token(string requestId)
    {
        using var client = new FalClient("key:secret");
        return client.Endpoint("acme/lumen/v1/text-to-clip").Resume(requestId).ToToken();
    }

    private static FalLedgerEntry Submitted()
    {
        using var input = JsonDocument.Parse("""{"prompt":"snow"}""");
        return new FalNewEntry("films", "a", "acme/lumen/v1/text-to-clip", input.RootElement).ToEntry(Start) with
        {
            State = FalLedgerState.Submitted,
            WireBody = """{"prompt":"snow"}""",
            Token = Token("11111111-1111-4111-8111-111111111111"),
            IntentAt = Start,
            SubmittedAt = Start,
            Attempts = 1,
            Estimate = 1m,
            Committed = 1m,
        };
    }

    private static FalLedgerEntry Apply(FalLedgerEntry entry, FalJobFact fact, DateTimeOffset now)
    {
        var after = FalJobStep.Decide(entry, Batch, fact, now).After!;
        FalLedgerRules.ValidateChange(entry, after);
        return after;
    }

    /// <summary>The entry and its next due time after so many polls, each when it was due.</summary>
    private static (FalLedgerEntry Entry, DateTimeOffset Now) NotFoundTimes(FalLedgerEntry entry, int count, DateTimeOffset now)
    {
        for (var poll = 0; poll < count; poll++) (entry, now) = (Apply(entry, NotFound, now), entry.DueAt > now ? entry.DueAt : now);
        return (entry, entry.DueAt);
    }
}
