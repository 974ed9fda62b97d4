namespace Fal.Emulation;

/// <summary>Size limits of the emulator.</summary>
/// <param name="LargestBody">The maximum size of a body and of a file, in bytes.</param>
/// <param name="MostKept">The maximum number of requests, of jobs, of webhooks and of files.</param>
/// <param name="MostFileBytes">The maximum total size of files, in bytes.</param>
internal sealed record EmulatorLimits(long LargestBody, int MostKept, long MostFileBytes)
{
    /// <summary>The maximum total size of the bodies of recorded requests, and of the requests of jobs that are over, in bytes.</summary>
    public const long MostBodyBytes = 1024L * 1024 * 1024;
}

/// <summary>
/// Composition root: the services that routes share. <see cref="FalEmulator"/> creates them from its options, once per emulator.
/// </summary>
internal sealed class EmulatorServices
{
    public EmulatorServices(
        TimeProvider time, (string Key, string AdminKey) keys, EmulatorLimits limits, DocumentSet documents, FalWebhookDeliveryOptions webhooks)
    {
        Time = time;
        (Key, AdminKey) = keys;
        LargestBody = limits.LargestBody;
        Documents = documents;
        Received = new FalRequestLog(limits.MostKept, EmulatorLimits.MostBodyBytes);
        Jobs = new JobStore(time, limits.MostKept, EmulatorLimits.MostBodyBytes);
        Recorder = new RequestRecorder(Received, time, [keys.Key, keys.AdminKey]);
        Files = new FalEmulatedFiles(() => Addresses.Media, time, limits.MostFileBytes, limits.MostKept);
        Uploads = new UploadDesk(Files, time, limits.LargestBody);
        CdnTokens = new CdnTokens(time);
        Results = new ResultMaker(Files);
        Reporter = new WebhookReporter(time, Results, webhooks, limits.MostKept);
        Faults = new FalFaultPlan(Gates);
    }

    public TimeProvider Time { get; }

    public string Key { get; }

    /// <summary>The key with the scope ADMIN for the platform API.</summary>
    public string AdminKey { get; }

    /// <summary>The price of one unit at every endpoint.</summary>
    public decimal UnitPrice { get; init; }

    public long LargestBody { get; }

    /// <summary>Whether an invalid submit is answered with 422 instead of creating a job that fails.</summary>
    public bool RefuseOnSubmit { get; init; }

    public DocumentSet Documents { get; }

    public JobStore Jobs { get; }

    public FalEmulatorScript Script { get; } = new();

    /// <summary>The listeners, which a fault can close temporarily.</summary>
    public Gates Gates { get; } = new();

    public FalFaultPlan Faults { get; }

    public FalRequestLog Received { get; }

    public RequestRecorder Recorder { get; }

    /// <summary>The file to which requests are appended; null for none.</summary>
    public RequestJournal? Journal { get; init; }

    public FalEmulatedFiles Files { get; }

    public UploadDesk Uploads { get; }

    public CdnTokens CdnTokens { get; }

    public ResultMaker Results { get; }

    public WebhookReporter Reporter { get; }

    /// <summary>The URLs of the listeners; set after the server has started.</summary>
    public EmulatorAddresses Addresses { get; set; } = EmulatorAddresses.None;

    /// <summary>Cancelled when the emulator stops; for background work such as webhook deliveries.</summary>
    public CancellationToken Stopping { get; set; }
}
