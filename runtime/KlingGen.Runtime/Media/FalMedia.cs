using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Fal.Media;
using Fal.Wire;

namespace Fal;

/// <summary>Media for a request: a URL, a data URI, or local media that is uploaded when the request is submitted.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalMediaConverter))]
public sealed partial class FalMedia : IEquatable<FalMedia>
{
    private FalMedia()
    {
    }

    /// <summary>The URL or data URI, for media that needs no upload.</summary>
    internal string? Url { get; private init; }

    /// <summary>The path of a local file.</summary>
    internal string? FilePath { get; private init; }

    /// <summary>Bytes in memory; used if no other source is set.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; private init; }

    /// <summary>A stream, read from its position when this object was created.</summary>
    internal Stream? Stream { get; private init; }

    /// <summary>The reader of <see cref="Stream"/>, shared by all its users, because a stream has one position.</summary>
    private MediaBytes? StreamBytes { get; init; }

    /// <summary>The content type from the caller.</summary>
    internal string? ContentType { get; private init; }

    /// <summary>The file name from the caller, or that of the local file.</summary>
    internal string? FileName { get; private init; }

    /// <summary>Whether it must be uploaded before a request can use it.</summary>
    internal bool IsLocal => Mark is LocalMark;

    /// <summary>
    /// An object that only local media have. Native code leaves out what depends on a type that no code constructs, so a program
    /// without local media contains no uploads.
    /// </summary>
    private object? Mark { get; init; }

    /// <summary>Converts an http(s) URL or a data URI.</summary>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator FalMedia?([StringSyntax(StringSyntaxAttribute.Uri)] string? url) => url is null ? null : FromUrl(url);

    /// <summary>Converts a URL.</summary>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator FalMedia?(Uri? url) => url is null ? null : FromUrl(url);

    /// <summary>Creates media from an http(s) URL or a data URI.</summary>
    public static FalMedia FromUrl([StringSyntax(StringSyntaxAttribute.Uri)] string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new() { Url = url };
    }

    /// <summary>Creates media from a URL.</summary>
    public static FalMedia FromUrl(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new() { Url = url.IsAbsoluteUri ? url.AbsoluteUri : url.OriginalString };
    }

    /// <summary>Creates media from a data URI: <c>data:image/png;base64,…</c>. Use it for a few kilobytes only.</summary>
    public static FalMedia FromDataUri(string dataUri) => FromUrl(dataUri);

    /// <summary>
    /// Creates media from a local file, which is uploaded when the request is submitted. An object is uploaded once, even if
    /// several requests use it.
    /// </summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static FalMedia FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new() { Mark = LocalMark.Instance, FilePath = path, FileName = Path.GetFileName(path) };
    }

    /// <summary>Creates media from bytes in memory, which are uploaded when the request is submitted. They must not change until then.</summary>
    /// <exception cref="ArgumentException">The content type is invalid.</exception>
    public static FalMedia FromBytes(ReadOnlyMemory<byte> bytes, string? contentType = null, string? fileName = null)
        => new() { Mark = LocalMark.Instance, Bytes = bytes, ContentType = Checked(contentType), FileName = fileName };

    /// <summary>
    /// Creates media from a stream, which is read from its current position when the request is submitted. A stream that
    /// cannot seek is read once: if that upload fails, create media from a new stream. The caller closes the stream.
    /// </summary>
    /// <exception cref="ArgumentException">The stream cannot be read, or the content type is invalid.</exception>
    public static FalMedia FromStream(Stream stream, string? contentType = null, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read; it may be closed already.", nameof(stream));
        return new()
        {
            Mark = LocalMark.Instance,
            Stream = stream,
            StreamBytes = stream.CanSeek ? new SeekableBytes(stream, stream.Position) : new ForwardOnlyBytes(stream),
            ContentType = Checked(contentType),
            FileName = fileName,
        };
    }

    /// <summary>Opens the bytes of local media.</summary>
    internal MediaBytes Open()
    {
        if (FilePath is not null)
            return new FileBytes(FilePath);
        return StreamBytes ?? new MemoryBytes(Bytes);
    }

    /// <summary>The SHA-256 of the bytes of a local file, of bytes or of a stream that can seek, in lower-case hexadecimal.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidOperationException">It is a URL or a data URI, or a stream that can be read once only.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<string> ComputeSha256Async(CancellationToken cancellationToken = default)
    {
        if (!IsLocal) throw new InvalidOperationException($"{this} is no local medium; only local media have a hash.");
        if (StreamBytes is ForwardOnlyBytes)
        {
            throw new InvalidOperationException(
                $"{this} can be read once only, which is for its upload. Give a file, bytes, or a stream that can seek.");
        }
        var bytes = Open();
        await using (bytes.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[128 * 1024];
            var offset = 0L;
            for (int count; (count = await bytes.ReadAsync(offset, buffer, cancellationToken).ConfigureAwait(false)) > 0; offset += count)
                hash.AppendData(buffer, 0, count);
            return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
        }
    }

    private static string? Checked(string? contentType)
        => contentType is null || ContentTypes.IsWellFormed(contentType)
            ? contentType
            : throw new ArgumentException("A content type looks like 'image/png', in printable ASCII.", nameof(contentType));

    /// <summary>Whether both have the same source: the same URL, path or stream, or equal bytes.</summary>
    public bool Equals(FalMedia? other)
        => other is not null
            && Url == other.Url
            && FilePath == other.FilePath
            && ReferenceEquals(Stream, other.Stream)
            && ContentType == other.ContentType
            && FileName == other.FileName
            && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FalMedia);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Url, FilePath, Stream, FileName, Bytes.Length);

    /// <summary>The URL, a shortened data URI, or the local source: <c>&lt;file car.jpg&gt;</c>.</summary>
    public override string ToString()
    {
        if (Url is not null)
            return Wire.FalDisplayText.Shorten(Url);
        var name = FileName is null ? "" : " " + FileName;
        if (FilePath is not null)
            return $"<file{name}>";
        return Stream is null ? $"<bytes{name}, {Bytes.Length}>" : $"<stream{name}>";
    }

    private sealed class LocalMark
    {
        public static readonly LocalMark Instance = new();
    }
}
