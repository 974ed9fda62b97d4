using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.StaticFiles;

namespace Fal.Emulation;

/// <summary>The files of the emulator, in order of creation. Get it from <see cref="FalEmulator.Files"/>.</summary>
public sealed class FalEmulatedFiles
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();
    private readonly Func<Uri> _address;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, FalEmulatedFile> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FalEmulatedFile> _inOrder = new();

    private readonly long _mostBytes;
    private readonly int _mostFiles;
    private long _bytes;

    internal FalEmulatedFiles(Func<Uri> address, TimeProvider time, long mostBytes = long.MaxValue, int mostFiles = int.MaxValue)
    {
        _mostBytes = mostBytes;
        _mostFiles = mostFiles;
        _address = address;
        _time = time;
    }

    /// <summary>
    /// All files, including expired ones, except the oldest beyond <see cref="FalEmulatorOptions.MostFileBytes"/> and
    /// <see cref="FalEmulatorOptions.MostKept"/>.
    /// </summary>
    public IReadOnlyList<FalEmulatedFile> All => [.. _inOrder];

    /// <summary>The files that clients uploaded.</summary>
    public IReadOnlyList<FalEmulatedFile> Uploaded => [.. _inOrder.Where(file => file.Origin == FalFileOrigin.Upload)];

    /// <summary>Gets the file of a URL; null if there is none or it has expired.</summary>
    /// <param name="url">The URL, as in a request or a result.</param>
    public FalEmulatedFile? Find(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Authority != _address().Authority) return null;
        return address.Segments is ["/", "files/", var id, _] ? OfId(id.TrimEnd('/')) : null;
    }

    /// <summary>Adds a file, for a result that a test sets.</summary>
    /// <param name="name">The file name.</param>
    /// <param name="content">The content, which must not change afterwards.</param>
    /// <param name="contentType">The content type; by default it is derived from the name.</param>
    /// <returns>The file with its URL.</returns>
    public FalEmulatedFile Add(string name, ReadOnlyMemory<byte> content, string? contentType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var file = New(NewId(), name, contentType ?? ContentTypeOf(name), content, FalFileOrigin.Test);
        Add(file);
        return file;
    }

    /// <summary>Creates an unguessable id.</summary>
    internal static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>Gets the URL of a file with this id and name, also before the file is stored.</summary>
    internal Uri UrlOf(string id, string name) => new(_address(), $"/files/{id}/{Uri.EscapeDataString(SafeName(name))}");

    /// <summary>Creates a file without storing it.</summary>
    internal FalEmulatedFile New(
        string id, string name, string contentType, ReadOnlyMemory<byte> content, FalFileOrigin origin, FileLifecycle? lifecycle = null,
        int parts = 1)
    {
        var now = _time.GetUtcNow();
        return new(id, UrlOf(id, name), SafeName(name), contentType, content, origin, now)
        {
            Parts = parts,
            Lifecycle = lifecycle?.Text,
            ExpiresAt = lifecycle?.Lifetime is { } lifetime && lifetime < DateTimeOffset.MaxValue - now ? now + lifetime : null,
        };
    }

    /// <summary>Stores a file. A file that already exists is kept: a client retries the upload if the first response was lost.</summary>
    internal void Add(FalEmulatedFile file)
    {
        if (!_byId.TryAdd(file.Id, file)) return;
        _inOrder.Enqueue(file);
        var bytes = Interlocked.Add(ref _bytes, file.Content.Length);
        while ((bytes > _mostBytes || _inOrder.Count > _mostFiles) && _inOrder.Count > 1 && _inOrder.TryDequeue(out var oldest))
        {
            _byId.TryRemove(oldest.Id, out _);
            bytes = Interlocked.Add(ref _bytes, -oldest.Content.Length);
        }
    }

    /// <summary>Removes a file; its URL then returns 404.</summary>
    internal void Remove(FalEmulatedFile file) => _byId.TryRemove(file.Id, out _);

    /// <summary>Whether a string is a valid value of the header <c>Content-Type</c>.</summary>
    internal static bool IsContentType(string text)
        => MediaTypeHeaderValue.TryParse(text, out var type) && type.MediaType is not null && text.All(c => c is >= ' ' and <= '~');

    /// <summary>Gets the file of this id; null if it does not exist or has expired.</summary>
    internal FalEmulatedFile? OfId(string id) => _byId.GetValueOrDefault(id) is { } file && !(file.ExpiresAt <= _time.GetUtcNow()) ? file : null;

    private static string ContentTypeOf(string name) => ContentTypes.TryGetContentType(name, out var type) ? type : "application/octet-stream";

    // A name must not be a path or lead to a parent folder.
    private static string SafeName(string name)
    {
        var safe = string.Concat(name.Select(letter => letter is '/' or '\\' || char.IsControl(letter) ? '_' : letter));
        return safe.Trim('.', ' ').Length == 0 ? "file" : safe;
    }
}
