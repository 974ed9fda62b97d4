namespace Fal;

/// <summary>The kind of a call, which decides whether it may be retried, its timeout, and whether its answer is read at once.</summary>
internal enum FalCallKind
{
    /// <summary>Starts a job. Retried only if it is certain that fal never received it.</summary>
    Submit,

    /// <summary>Reads a value without side effects, such as a status.</summary>
    Read,

    /// <summary>Fetches a job's result. Like <see cref="Read"/>, but an error that fal itself signed is the answer and is not retried.</summary>
    Result,

    /// <summary>Cancels a job; idempotent.</summary>
    Cancel,

    /// <summary>Runs a model within the call. Has the same retry rules as <see cref="Submit"/>.</summary>
    RunDirect,

    /// <summary>Runs a model and streams its events; the caller reads the answer's body. Has the same retry rules as <see cref="Submit"/>.</summary>
    RunStream,

    /// <summary>Opens an event stream that can be opened again; the caller reads the answer's body.</summary>
    Events,

    /// <summary>Requests a URL for an upload; a retry leaves at most one unused URL.</summary>
    UploadInitiate,

    /// <summary>Sends a file or a part of one; idempotent.</summary>
    UploadPart,

    /// <summary>Downloads a file; the caller reads the answer's body.</summary>
    Download,

    /// <summary>Forwards a call of a client without a key; sent once, and the caller reads the answer's body.</summary>
    Forward,

    /// <summary>Fetches the public keys for webhook signatures.</summary>
    Jwks,
}
