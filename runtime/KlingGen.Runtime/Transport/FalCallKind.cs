namespace Fal;

/// <summary>What a call does, which decides whether it may be repeated, how long it may take, and whether its answer is read at once.</summary>
internal enum FalCallKind
{
    /// <summary>Starts a job. Repeated only while it is certain that fal never received it.</summary>
    Submit,

    /// <summary>Asks for something that can be asked for again, such as a status.</summary>
    Read,

    /// <summary>Fetches a job's result. Like <see cref="Read"/>, but an error that fal itself signed is the answer, not a disturbance.</summary>
    Result,

    /// <summary>Stops a job; harmless when repeated.</summary>
    Cancel,

    /// <summary>Runs a model within the call. Repeated as little as <see cref="Submit"/>.</summary>
    RunDirect,

    /// <summary>
    /// Runs a model and streams what it says; the answer's body is the caller's to read. Repeated as little as
    /// <see cref="Submit"/>.
    /// </summary>
    RunStream,

    /// <summary>Opens a stream of events that can be opened again; the answer's body is the caller's to read.</summary>
    Events,

    /// <summary>Announces an upload; a repeat leaves an unused place at most.</summary>
    UploadInitiate,

    /// <summary>Sends a file or a part of one; the same bytes may be sent again.</summary>
    UploadPart,

    /// <summary>Fetches a file; the answer's body is the caller's to read.</summary>
    Download,

    /// <summary>Passes a call of a client without a key on; sent once, and the answer's body is the caller's to read.</summary>
    Forward,

    /// <summary>Fetches the keys by which webhooks are signed.</summary>
    Jwks,
}
