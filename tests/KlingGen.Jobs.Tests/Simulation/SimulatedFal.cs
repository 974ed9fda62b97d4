namespace Fal.Jobs.Tests.Simulation;

/// <summary>How fal and the network behave towards the next submit.</summary>
internal enum SubmitFault
{
    None,
    AnswerLost,
    NeverArrived,
    LostBeforeArrival,
    RateLimited,
    Refused,
    AccountLocked,
    WrongKey,
}

/// <summary>How a job ends.</summary>
internal enum JobEnding
{
    Success,
    Transient,
    Failure,
    Cancelled,
}

/// <summary>fal as the judge: it knows every job that was really accepted, and what it charges.</summary>
internal sealed class SimulatedFal(IFalLedger ledger, TimeProvider time)
{
    private static readonly FalClient Client = new("key:secret");
    private readonly Queue<SubmitFault> _faults = new();

    public List<SimulatedJob> Jobs { get; } = [];

    /// <summary>Whether the request list shows jobs that have not ended.</summary>
    public bool ListsRunning { get; set; } = true;

    /// <summary>The saves that fail next; a true entry is a full disk.</summary>
    public Queue<bool> SaveFaults { get; } = new();

    public decimal Charged => Jobs.Where(job => job.Ending is not JobEnding.Transient).Sum(job => job.Price);

    public void Plan(SubmitFault fault) => _faults.Enqueue(fault);

    public void Calm()
    {
        _faults.Clear();
        SaveFaults.Clear();
        ListsRunning = true;
    }

    public FalJobFact Submit(FalLedgerEntry entry)
    {
        var fault = _faults.TryDequeue(out var planned) ? planned : SubmitFault.None;
        return fault switch
        {
            SubmitFault.None => new FalJobFound(Accept(entry).Token),
            SubmitFault.AnswerLost => Fail(Accept(entry) is var _ ? FalJobErrorClass.OutcomeUnknown : default, "lost"),
            SubmitFault.LostBeforeArrival => Fail(FalJobErrorClass.OutcomeUnknown, "lost"),
            SubmitFault.NeverArrived => Fail(FalJobErrorClass.Temporary, "unavailable", isUncharged: true),
            SubmitFault.RateLimited => Fail(FalJobErrorClass.Temporary, "429", isUncharged: true),
            SubmitFault.Refused => Fail(FalJobErrorClass.Refused, "422"),
            SubmitFault.AccountLocked => Fail(FalJobErrorClass.AccountLocked, "403"),
            _ => Fail(FalJobErrorClass.WrongKey, "401"),
        };
    }

    public FalJobFact Poll(FalLedgerEntry entry)
    {
        var job = Jobs.Single(job => job.Token.RequestId == entry.RequestId);
        if (job.IsForgotten) return Fail(FalJobErrorClass.JobNotFound, FalJobError.JobNotFoundKind);
        switch (job.Ending)
        {
            case null:
                return new FalJobRunning();
            case JobEnding.Success:
                return new FalJobSucceeded("{}", job.Price);
            case JobEnding.Transient:
                job.FailureSeen = true;
                return Fail(FalJobErrorClass.JobTransient, "runner_disconnected", isUncharged: true);
            case JobEnding.Failure:
                return Fail(FalJobErrorClass.JobFailed, "failed");
            default:
                return Fail(FalJobErrorClass.JobCancelled, "cancelled");
        }
    }

    public async Task<FalJobFact> SearchAsync(FalLedgerEntry entry)
    {
        var since = entry.IntentAt!.Value - TimeSpan.FromMinutes(2);
        var candidates = Jobs.Where(job => job.Body == entry.WireBody && job.Token.SubmittedAt >= since
            && !job.IsForgotten && (ListsRunning || job.Ending is not null));
        foreach (var job in candidates.ToList())
        {
            if (entry.FormerRequestIds.Contains(job.Token.RequestId)) continue;
            if (await ledger.FindByRequestIdAsync(job.Token.RequestId) is null) return new FalJobFound(job.Token);
        }
        return new FalJobNotFound("nothing");
    }

    private static FalStepFailed Fail(FalJobErrorClass type, string kind, bool isUncharged = false)
        => new(new FalJobError(type, kind, kind) { IsUncharged = isUncharged });

    private SimulatedJob Accept(FalLedgerEntry entry)
    {
        var price = Jobs.Count % 3 == 0 ? 0.5m : 1m;
        var requestId = new Guid(Jobs.Count + 1, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0]).ToString();
        var token = FalJobToken.Parse(TokenText(entry.EndpointId, requestId, time.GetUtcNow()));
        var job = new SimulatedJob(entry.Id, entry.SubmitId!, entry.WireBody!, token, price);
        foreach (var earlier in Jobs.Where(earlier => earlier.EntryId == entry.Id && !earlier.FailureSeen).ToList())
        {
            // The jobs of two entries with one body are interchangeable: another entry may have been matched with this one's.
            if (ledger.FindByRequestIdAsync(earlier.Token.RequestId).AsTask().Result is { } owner && owner.Id != entry.Id) continue;
            throw new DoubledSubmitException($"{entry} was submitted while its job {earlier.Token.RequestId} was not known to have failed.");
        }
        if (Jobs.Count(other => other.Body == entry.WireBody && !other.FailureSeen) >= Schedule.EntriesPerBody)
            throw new DoubledSubmitException($"There are more jobs with the body of {entry} than entries.");
        Jobs.Add(job);
        return job;
    }

    // A token of a resumed job has no time of the submit, so its text is written here.
    private static string TokenText(string endpointId, string requestId, DateTimeOffset at)
    {
        var queue = Client.Endpoint(endpointId).Resume(requestId).ToToken().Queue;
        var json = $$"""{"endpoint":"{{endpointId}}","request":"{{requestId}}","queue":"{{queue}}","submitted":{{at.ToUnixTimeMilliseconds()}}}""";
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);
        var sum = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes).AsSpan(0, 8)).ToLowerInvariant();
        return $"fal1.{Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.{sum}";
    }
}

/// <summary>A job that fal accepted.</summary>
internal sealed record SimulatedJob(string EntryId, string SubmitId, string Body, FalJobToken Token, decimal Price)
{
    public JobEnding? Ending { get; set; }

    /// <summary>Whether fal answers 404 for the job: for a while, or for ever.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Whether a runner was told that the job failed without a charge, which permits another submit.</summary>
    public bool FailureSeen { get; set; }
}

/// <summary>What no schedule may lead to.</summary>
internal sealed class DoubledSubmitException(string message) : Exception(message);
