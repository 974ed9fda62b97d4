using System.Diagnostics;
using System.Security.Cryptography;

namespace Fal.Emulation;

/// <summary>A file of the emulator: uploaded, generated for a result, or added by a test.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalEmulatedFile
{
    internal FalEmulatedFile(
        string id, Uri url, string name, string contentType, ReadOnlyMemory<byte> content, FalFileOrigin origin, DateTimeOffset storedAt)
    {
        Id = id;
        Url = url;
        Name = name;
        ContentType = contentType;
        Content = content;
        Origin = origin;
        StoredAt = storedAt;
        ETag = TagOf(content.Span);
    }

    /// <summary>The download URL, which needs no key.</summary>
    public Uri Url { get; }

    /// <summary>The file name.</summary>
    public string Name { get; }

    /// <summary>The content type, as the uploader set it.</summary>
    public string ContentType { get; }

    /// <summary>The content.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The origin of the file.</summary>
    public FalFileOrigin Origin { get; }

    /// <summary>The time of creation, on the emulator's clock.</summary>
    public DateTimeOffset StoredAt { get; }

    /// <summary>The number of uploaded parts; 1 for an upload in one request.</summary>
    public int Parts { get; internal init; } = 1;

    /// <summary>
    /// The lifetime and access that the request set, as the unparsed header <c>X-Fal-Object-Lifecycle</c> or
    /// <c>X-Fal-Object-Lifecycle-Preference</c>; null if it had none.
    /// </summary>
    public string? Lifecycle { get; internal init; }

    /// <summary>The time of expiry; null if the file does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    internal string Id { get; }

    internal string ETag { get; }

    /// <summary>Computes the quoted ETag of some bytes, in the format of storage hosts.</summary>
    internal static string TagOf(ReadOnlySpan<byte> bytes) => $"\"{Convert.ToHexString(SHA256.HashData(bytes)[..16]).ToLowerInvariant()}\"";

    /// <summary>Returns the name, the content type and the size.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} ({ContentType}, {Content.Length} bytes)");
}
