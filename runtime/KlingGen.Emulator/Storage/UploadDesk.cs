using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>Manages open uploads, and creates files from them.</summary>
internal sealed class UploadDesk(FalEmulatedFiles files, TimeProvider time, long largestFile)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, OpenUpload> _open = new(StringComparer.Ordinal);

    public OpenUpload Open(string fileName, string contentType, FileLifecycle? lifecycle)
    {
        // An abandoned upload would keep its parts in memory.
        foreach (var (id, abandoned) in _open) if (IsLate(abandoned)) _open.TryRemove(id, out _);
        var upload = new OpenUpload(FalEmulatedFiles.NewId(), fileName, contentType, lifecycle, time.GetUtcNow() + Lifetime);
        _open[upload.Id] = upload;
        return upload;
    }

    /// <summary>Gets an open upload by its id; null if it was not announced or is complete.</summary>
    public OpenUpload? Find(string id) => _open.GetValueOrDefault(id);

    /// <summary>Whether an upload has expired.</summary>
    public bool IsLate(OpenUpload upload) => upload.ExpiresAt <= time.GetUtcNow();

    /// <summary>The URL of the file after the upload.</summary>
    public Uri UrlOf(OpenUpload upload) => files.UrlOf(upload.Id, upload.FileName);

    /// <summary>Stores an upload in one request. The upload stays open, because a client retries it if the response was lost.</summary>
    public FalEmulatedFile Store(OpenUpload upload, ReadOnlyMemory<byte> content) => Store(upload, content, parts: 1);

    /// <summary>Joins the listed parts and closes the upload.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="body">The list from the client: <c>{"parts":[{"partNumber":1,"etag":"…"}]}</c>.</param>
    /// <returns>The status code and the reason of a refusal; null if the file was stored.</returns>
    public (int StatusCode, string Reason)? Complete(OpenUpload upload, ReadOnlyMemory<byte> body)
    {
        var parts = new List<UploadedPart>();
        var last = 0;
        foreach (var entry in JsonBody.Parse(Encoding.UTF8.GetString(body.Span))?["parts"] as JsonArray ?? [])
        {
            var named = entry as JsonObject;
            if (named?["partNumber"] is not JsonValue place || !place.TryGetValue<int>(out var number) || named["etag"] is not JsonValue tag)
                return Wrong("Every part needs a partNumber and an etag.");
            if (number <= last) return Wrong($"Part {number} is listed after part {last}; parts are listed in their order.");
            if (!upload.Parts.TryGetValue(number, out var part)) return Wrong($"Part {number} was not uploaded.");
            if (part.ETag.Trim('"') != tag.ToString().Trim('"')) return Wrong($"Part {number} has another etag.");
            parts.Add(part);
            last = number;
        }
        if (parts.Count == 0) return Wrong("The body must list the parts: {\"parts\":[{\"partNumber\":1,\"etag\":\"...\"}]}.");
        if (parts.Sum(part => (long)part.Content.Length) > largestFile) return (413, $"The file has more than {largestFile} bytes.");
        Store(upload, Join(parts), parts.Count);
        _open.TryRemove(upload.Id, out _);
        return null;

        static (int, string) Wrong(string reason) => (400, reason);
    }

    private FalEmulatedFile Store(OpenUpload upload, ReadOnlyMemory<byte> content, int parts)
    {
        var file = files.New(upload.Id, upload.FileName, upload.ContentType, content, FalFileOrigin.Upload, upload.Lifecycle, parts);
        files.Add(file);
        return file;
    }

    private static byte[] Join(List<UploadedPart> parts)
    {
        var whole = new byte[parts.Sum(part => part.Content.Length)];
        var end = 0;
        foreach (var part in parts)
        {
            part.Content.CopyTo(whole.AsMemory(end));
            end += part.Content.Length;
        }
        return whole;
    }
}
