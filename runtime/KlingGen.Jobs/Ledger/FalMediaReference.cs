namespace Fal.Jobs;

/// <summary>A local file that an entry sends: its URL takes the place at <see cref="JsonPointer"/> in the input once it is uploaded.</summary>
public sealed record FalMediaReference
{
    /// <summary>The JSON Pointer of the property in the input, such as <c>/start_image_url</c>.</summary>
    public required string JsonPointer { get; init; }

    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The length in bytes when the entry was added.</summary>
    public required long Length { get; init; }

    /// <summary>The SHA-256 of the content when the entry was added, in hexadecimal. A file that changed since fails the entry.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The URL of the upload; null before it.</summary>
    public string? Url { get; init; }

    /// <summary>When the file was uploaded. An upload that fal keeps no more is made again.</summary>
    public DateTimeOffset? UploadedAt { get; init; }
}
