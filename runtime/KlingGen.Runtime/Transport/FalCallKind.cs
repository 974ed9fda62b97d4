namespace Fal;

/// <summary>What a call does, which decides whether it may be repeated.</summary>
internal enum FalCallKind
{
    Submit,
    Read,
    Cancel,
    RunDirect,
    UploadInitiate,
    UploadPart,
    Download,
    Jwks,
}
