namespace Fal;

/// <summary>How one file is uploaded. What is null is decided by the file itself or by <see cref="FalClientOptions.Uploads"/>.</summary>
public sealed record FalUploadOptions
{
    /// <summary>The content type; null reads it off the bytes, then off the name.</summary>
    public string? ContentType { get; init; }

    /// <summary>The file name that is sent to fal; null for the file's own name. Folders are never sent.</summary>
    public string? FileName { get; init; }

    /// <summary>For how long fal keeps the file and who may read it.</summary>
    public FalLifecycle? Lifecycle { get; init; }
}
