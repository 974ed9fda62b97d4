using System.Collections.Concurrent;

namespace Fal.Emulation;

/// <summary>An open upload: the properties of the file, and the parts received so far.</summary>
internal sealed record OpenUpload(string Id, string FileName, string ContentType, FileLifecycle? Lifecycle, DateTimeOffset ExpiresAt)
{
    /// <summary>The token in the query of the upload URL, so that the id alone does not authorize an upload.</summary>
    public string Signature { get; } = FalEmulatedFiles.NewId();

    public ConcurrentDictionary<int, UploadedPart> Parts { get; } = new();
}

/// <summary>A part of an upload.</summary>
internal sealed record UploadedPart(ReadOnlyMemory<byte> Content)
{
    public string ETag { get; } = FalEmulatedFile.TagOf(Content.Span);
}
