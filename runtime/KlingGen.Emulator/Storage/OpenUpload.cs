using System.Collections.Concurrent;

namespace Fal.Emulation;

/// <summary>An upload that was announced: what was said about the file, and the parts that have come.</summary>
internal sealed record OpenUpload(string Id, string FileName, string ContentType, FileLifecycle? Lifecycle, DateTimeOffset ExpiresAt)
{
    /// <summary>What the upload URL carries in its query, so that knowing the id is not enough.</summary>
    public string Signature { get; } = FalEmulatedFiles.NewId();

    public ConcurrentDictionary<int, UploadedPart> Parts { get; } = new();
}

/// <summary>A part of an upload.</summary>
internal sealed record UploadedPart(ReadOnlyMemory<byte> Content)
{
    public string ETag { get; } = FalEmulatedFile.TagOf(Content.Span);
}
