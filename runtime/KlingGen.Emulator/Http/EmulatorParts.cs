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
        Recorder = new RequestRecorder(Received, Time);
        Results = new ResultMaker(this);
    }

    public TimeProvider Time { get; }

    public string Key { get; }

    public long LargestBody { get; }

    public bool RefuseOnSubmit { get; }

    public DocumentSet Documents { get; }

    public JobStore Jobs { get; } = new();

    public FalEmulatorScript Script { get; } = new();

    public FalRequestLog Received { get; } = new();

    public RequestRecorder Recorder { get; }

    public ResultMaker Results { get; }

    /// <summary>Reports the end of jobs to the webhooks that were asked for; null if nothing does.</summary>
    public IJobReporter? Reporter { get; init; }

    /// <summary>Where the emulator listens; known once it does.</summary>
    public EmulatorAddresses Addresses { get; set; } = EmulatorAddresses.None;

    /// <summary>Ends when the emulator stops: for work that no request waits for.</summary>
    public CancellationToken Stopping { get; set; }
}
