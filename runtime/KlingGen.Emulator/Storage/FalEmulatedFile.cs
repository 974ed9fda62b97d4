using System.Diagnostics;
using System.Security.Cryptography;

namespace Fal.Emulation;

/// <summary>A file that the emulator holds: uploaded, made for a result, or put there by a test.</summary>
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

    /// <summary>Where it can be fetched, without a key.</summary>
    public Uri Url { get; }

    /// <summary>Its file name.</summary>
    public string Name { get; }

    /// <summary>What sort of file it is, as the uploader said.</summary>
    public string ContentType { get; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>How it came here.</summary>
    public FalFileOrigin Origin { get; }

    /// <summary>When it came here, on the emulator's clock.</summary>
    public DateTimeOffset StoredAt { get; }

    /// <summary>In how many parts it was uploaded; 1 if it came whole.</summary>
    public int Parts { get; internal init; } = 1;

    /// <summary>
    /// What the request said about its lifetime and readers, as it came in the header <c>X-Fal-Object-Lifecycle</c>; null if it said nothing.
    /// </summary>
    public string? Lifecycle { get; internal init; }

    /// <summary>When it is gone; null if it stays.</summary>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    internal string Id { get; }

    internal string ETag { get; }

    /// <summary>The tag of some bytes, with its quotes: what storage hosts give.</summary>
    internal static string TagOf(ReadOnlySpan<byte> bytes) => $"\"{Convert.ToHexString(SHA256.HashData(bytes)[..16]).ToLowerInvariant()}\"";

    /// <summary>Name, type and size.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} ({ContentType}, {Content.Length} bytes)");
}
