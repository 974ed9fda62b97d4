namespace Fal;

/// <summary>Upload options of one file. For a null option, the file's own value or <see cref="FalClientOptions.Uploads"/> applies.</summary>
public sealed record FalUploadOptions
{
    /// <summary>The content type; if null, it is detected from the bytes, then from the name.</summary>
    public string? ContentType { get; init; }

    /// <summary>The name that is sent to fal; null means the file's own. Folders are never sent.</summary>
    public string? FileName { get; init; }

    /// <summary>The lifetime of the file and its access rules.</summary>
    public FalLifecycle? Lifecycle { get; init; }
}
