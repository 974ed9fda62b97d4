using System.Security.Cryptography;

namespace Fal.Emulation;

/// <summary>What the emulator is made of: the one place where its parts are put together, handed to everything that answers requests.</summary>
internal sealed class EmulatorParts
{
    public EmulatorParts(FalEmulatorOptions options)
    {
        Time = options.TimeProvider;
        Key = options.Key ?? $"{Guid.NewGuid()}:{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}";
        LargestBody = options.LargestBody;
        RefuseOnSubmit = options.RefuseOnSubmit;
        Documents = new DocumentSet(options);
        Recorder = new RequestRecorder(Received, Time, Key);
        Files = new FalEmulatedFiles(() => Addresses.Media, Time);
        Uploads = new UploadDesk(Files, Time, LargestBody);
        CdnTokens = new CdnTokens(Time);
        Results = new ResultMaker(Files);
        Reporter = new WebhookReporter(this, options.Webhooks);
        Faults = new FalFaultPlan(Gates);
    }

    public TimeProvider Time { get; }

    public string Key { get; }

    public long LargestBody { get; }

    public bool RefuseOnSubmit { get; }

    public DocumentSet Documents { get; }

    public JobStore Jobs { get; } = new();

    public FalEmulatorScript Script { get; } = new();

    /// <summary>The listeners, which can be closed for a while.</summary>
    public Gates Gates { get; } = new();

    public FalFaultPlan Faults { get; }

    public FalRequestLog Received { get; } = new();

    public RequestRecorder Recorder { get; }

    public FalEmulatedFiles Files { get; }

    public UploadDesk Uploads { get; }

    public CdnTokens CdnTokens { get; }

    public ResultMaker Results { get; }

    public WebhookReporter Reporter { get; }

    /// <summary>Where the emulator listens; known once it does.</summary>
    public EmulatorAddresses Addresses { get; set; } = EmulatorAddresses.None;

    /// <summary>Ends when the emulator stops: for work that no request waits for.</summary>
    public CancellationToken Stopping { get; set; }
}
