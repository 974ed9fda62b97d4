using System.Security.Cryptography;

namespace Fal.Jobs;

/// <summary>Uploads the local media of an entry.</summary>
internal static class MediaUploads
{
    /// <summary>The media with URLs that are young enough; each file is compared with its reference before it is sent.</summary>
    /// <exception cref="ChangedMediaException">A file is not what it was.</exception>
    public static async Task<IReadOnlyList<FalMediaReference>> RunAsync(
        FalFiles files, IReadOnlyList<FalMediaReference> media, TimeProvider time, CancellationToken cancellationToken)
    {
        var uploaded = new List<FalMediaReference>(media.Count);
        foreach (var file in media)
        {
            var now = time.GetUtcNow();
            if (file.Url is not null && now - file.UploadedAt < FalJobStep.UploadLifetime)
            {
                uploaded.Add(file);
                continue;
            }
            await RequireUnchangedAsync(file, cancellationToken).ConfigureAwait(false);
            // Options make it an upload of its own: the client would otherwise return the URL of an earlier one.
            var url = await files.UploadAsync(FalMedia.FromFile(file.Path), new FalUploadOptions(), null, cancellationToken).ConfigureAwait(false);
            uploaded.Add(file with { Url = url.AbsoluteUri, UploadedAt = now });
        }
        return uploaded;
    }

    /// <summary>The SHA-256 of a file, in hexadecimal.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        const FileOptions Options = FileOptions.Asynchronous | FileOptions.SequentialScan;
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, Options);
        await using (stream.ConfigureAwait(false))
            return Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)).ToLowerInvariant();
    }

    private static async Task RequireUnchangedAsync(FalMediaReference file, CancellationToken cancellationToken)
    {
        var length = new FileInfo(file.Path).Length;
        var isSame = length == file.Length
            && string.Equals(await HashAsync(file.Path, cancellationToken).ConfigureAwait(false), file.Sha256, StringComparison.OrdinalIgnoreCase);
        if (isSame) return;
        throw new ChangedMediaException(
            $"The file '{file.Path}' changed since the entry was added ({file.Length} bytes then, {length} now). "
            + "Add an entry with another key for the new file.");
    }
}
