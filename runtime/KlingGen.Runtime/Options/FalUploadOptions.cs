namespace Fal;

/// <summary>How one file is uploaded. What is null is decided by the file itself or by <see cref="FalClientOptions.Uploads"/>.</summary>
public sealed record FalUploadOptions
{
    /// <summary>The content type; null reads it off the bytes, then off the name.</summary>
    public string? ContentType { get; init; }

    /// <summary>The name that fal is told; null takes the file's own. Folders are never told.</summary>
    public string? FileName { get; init; }

    /// <summary>For how long fal keeps the file and who may read it.</summary>
    public FalLifecycle? Lifecycle { get; init; }
}
