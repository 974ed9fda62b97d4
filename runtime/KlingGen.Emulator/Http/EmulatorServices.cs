namespace Fal.Emulation;

/// <summary>The services that routes share. <see cref="FalEmulator"/> composes them from its options, once per emulator.</summary>
internal sealed class EmulatorServices
{
    public EmulatorServices(TimeProvider time, string key, long largestBody, DocumentSet documents, FalWebhookDeliveryOptions webhooks)
    {
        Time = time;
        Key = key;
        LargestBody = largestBody;
        Documents = documents;
        Recorder = new RequestRecorder(Received, time, key);
        Files = new FalEmulatedFiles(() => Addresses.Media, time);
        Uploads = new UploadDesk(Files, time, largestBody);
        CdnTokens = new CdnTokens(time);
        Results = new ResultMaker(Files);
        Reporter = new WebhookReporter(time, Results, webhooks);
        Faults = new FalFaultPlan(Gates);
    }

    public TimeProvider Time { get; }

    public string Key { get; }

    public long LargestBody { get; }

    /// <summary>Whether a submit that violates its document is answered with 422 instead of becoming a job that fails.</summary>
    public bool RefuseOnSubmit { get; init; }

    public DocumentSet Documents { get; }

    public JobStore Jobs { get; } = new();

    public FalEmulatorScript Script { get; } = new();

    /// <summary>The listeners, which a fault can close for a while.</summary>
    public Gates Gates { get; } = new();

    public FalFaultPlan Faults { get; }

    public FalRequestLog Received { get; } = new();

    public RequestRecorder Recorder { get; }

    public FalEmulatedFiles Files { get; }

    public UploadDesk Uploads { get; }

    public CdnTokens CdnTokens { get; }

    public ResultMaker Results { get; }

    public WebhookReporter Reporter { get; }

    /// <summary>The addresses of the listeners; set when the server has started.</summary>
    public EmulatorAddresses Addresses { get; set; } = EmulatorAddresses.None;

    /// <summary>Cancelled when the emulator stops; for background work such as webhook deliveries.</summary>
    public CancellationToken Stopping { get; set; }
}
