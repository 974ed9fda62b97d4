namespace Fal.Emulation;

/// <summary>The operation of a request.</summary>
[Flags]
public enum FalOperation
{
    /// <summary>No operation of fal.</summary>
    None = 0,

    /// <summary>Submits a job to the queue.</summary>
    Submit = 1 << 0,

    /// <summary>Gets the status of a job.</summary>
    Status = 1 << 1,

    /// <summary>Opens the status stream of a job.</summary>
    StatusStream = 1 << 2,

    /// <summary>Gets the result of a job.</summary>
    Result = 1 << 3,

    /// <summary>Cancels a job.</summary>
    Cancel = 1 << 4,

    /// <summary>Runs a model directly, without the queue.</summary>
    Run = 1 << 5,

    /// <summary>Runs a model and streams its events.</summary>
    RunStream = 1 << 6,

    /// <summary>Announces an upload, in one request or in parts.</summary>
    UploadInitiate = 1 << 7,

    /// <summary>Uploads a file in one request.</summary>
    Upload = 1 << 8,

    /// <summary>Uploads one part of a file.</summary>
    UploadPart = 1 << 9,

    /// <summary>Completes a multipart upload.</summary>
    UploadComplete = 1 << 10,

    /// <summary>Gets a token for direct uploads to the media host.</summary>
    CdnToken = 1 << 11,

    /// <summary>Downloads a file.</summary>
    Download = 1 << 12,

    /// <summary>Gets the public keys of the webhook signatures.</summary>
    WebhookKeys = 1 << 13,

    /// <summary>Calls the platform API: prices, requests, usage and others.</summary>
    Platform = 1 << 14,

    /// <summary>All operations.</summary>
    Any = (1 << 15) - 1,
}
