namespace Fal.Emulation;

/// <summary>What a request asks for.</summary>
[Flags]
public enum FalOperation
{
    /// <summary>Nothing that fal has.</summary>
    None = 0,

    /// <summary>Puts a job into the queue.</summary>
    Submit = 1 << 0,

    /// <summary>Asks for the status of a job.</summary>
    Status = 1 << 1,

    /// <summary>Opens the stream of a job's statuses.</summary>
    StatusStream = 1 << 2,

    /// <summary>Fetches the result of a job.</summary>
    Result = 1 << 3,

    /// <summary>Cancels a job.</summary>
    Cancel = 1 << 4,

    /// <summary>Runs a model within the call.</summary>
    Run = 1 << 5,

    /// <summary>Runs a model and streams what it says.</summary>
    RunStream = 1 << 6,

    /// <summary>Announces an upload, in one piece or in parts.</summary>
    UploadInitiate = 1 << 7,

    /// <summary>Sends a file in one piece.</summary>
    Upload = 1 << 8,

    /// <summary>Sends one part of a file.</summary>
    UploadPart = 1 << 9,

    /// <summary>Says that all parts were sent.</summary>
    UploadComplete = 1 << 10,

    /// <summary>Fetches a token for uploads that go to the media host directly.</summary>
    CdnToken = 1 << 11,

    /// <summary>Fetches a file.</summary>
    Download = 1 << 12,

    /// <summary>Fetches the keys by which webhooks are signed.</summary>
    WebhookKeys = 1 << 13,

    /// <summary>Asks the platform API for prices, requests, usage and the like.</summary>
    Platform = 1 << 14,

    /// <summary>Every one of them.</summary>
    Any = (1 << 15) - 1,
}
