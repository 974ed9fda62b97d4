using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fal.Jobs;

/// <summary>
/// Saves the files of results into a folder: at the entry's <c>Output</c>, or under a name made of its key. A file is written beside its place and
/// moved there once it is whole. A file that another job left there is kept, and the new one has a hash of its request id in its name. Jobs
/// whose files have one name and the same bytes share one file, which stays when <see cref="IFalLedger.PurgeAsync"/> forgets an entry.
/// </summary>
/// <param name="folder">The folder.</param>
public sealed class FalFolderSaver(string folder) : IFalJobSaver
{
    private const int LongestStem = 80;
    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(save);
        using var result = JsonDocument.Parse(save.Entry.Result!);
        var files = new List<FalFile>();
        Collect(result.RootElement, files);
        var paths = new List<string>(files.Count);
        for (var i = 0; i < files.Count; i++)
            paths.Add(await SaveAsync(save, files[i], PathOf(save.Entry, files[i], i), cancellationToken).ConfigureAwait(false));
        return paths;
    }

    // A file that is there is of this job if the process ended before the ledger knew of it, or else of another job with this name. Its bytes
    // tell, because it is whole: it was moved there.
    private static async Task<string> SaveAsync(FalSaveCall save, FalFile file, string path, CancellationToken cancellationToken)
    {
        var own = path;
        if (File.Exists(path)) own = $"{Path.ChangeExtension(path, null)}-{Digest(save.Entry.RequestId ?? save.Entry.Id)}{Path.GetExtension(path)}";
        if (!File.Exists(own))
            await save.Client.Files.SaveAsync(file, own, new FalDownloadOptions { Overwrite = false }, null, cancellationToken).ConfigureAwait(false);
        if (own == path || !await AreEqualAsync(own, path, cancellationToken).ConfigureAwait(false)) return own;
        File.Delete(own);
        return path;
    }

    private static async Task<bool> AreEqualAsync(string one, string other, CancellationToken cancellationToken)
    {
        using var first = File.OpenRead(one);
        using var second = File.OpenRead(other);
        if (first.Length != second.Length) return false;
        var hash = await SHA256.HashDataAsync(first, cancellationToken).ConfigureAwait(false);
        var otherHash = await SHA256.HashDataAsync(second, cancellationToken).ConfigureAwait(false);
        return hash.AsSpan().SequenceEqual(otherHash);
    }

    // Files stand in results as objects with a URL: a video, an image of a list, an audio track.
    private static void Collect(JsonElement json, List<FalFile> files)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in json.EnumerateArray()) Collect(element, files);
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            if (Text(json, "url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "https" or "http" or "data")
            {
                // fal's results often have null here, for which TryGetInt64 throws.
                long? size = json.TryGetProperty("file_size"u8, out var length) && length.ValueKind == JsonValueKind.Number
                    && length.TryGetInt64(out var bytes) ? bytes : null;
                files.Add(new FalFile { Url = url, FileName = Text(json, "file_name"), ContentType = Text(json, "content_type"), FileSize = size });
                return;
            }
            foreach (var member in json.EnumerateObject()) Collect(member.Value, files);
        }
    }

    private static string? Text(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private string PathOf(FalLedgerEntry entry, FalFile file, int index)
    {
        var number = index == 0 ? "" : FormattableString.Invariant($"-{index + 1}");
        if (entry.Output is { Length: > 0 } output)
        {
            var wanted = Path.GetFullPath(Path.Combine(_folder, output));
            var inside = _folder.EndsWith(Path.DirectorySeparatorChar) ? _folder : _folder + Path.DirectorySeparatorChar;
            if (!wanted.StartsWith(inside, StringComparison.Ordinal))
                throw new FileNotFoundException($"The output '{output}' of {entry.Batch}/{entry.Key} leads out of the folder of the results.");
            var extension = Path.HasExtension(wanted) ? Path.GetExtension(wanted) : ExtensionOf(file);
            return Path.ChangeExtension(wanted, null) + number + extension;
        }
        return Path.Combine(_folder, StemOf(entry) + number + ExtensionOf(file));
    }

    private static string ExtensionOf(FalFile file)
    {
        var name = file.FileName ?? (Uri.TryCreate(file.Url, UriKind.Absolute, out var url) && url.Scheme != "data" ? url.AbsolutePath : "");
        var extension = Path.GetExtension(name);
        return extension.Length is > 1 and <= 10 && extension.Skip(1).All(char.IsAsciiLetterOrDigit) ? extension.ToLowerInvariant() : ".bin";
    }

    // Keys that differ give names that differ, on file systems without case as well. Windows opens a device for some names, with any extension.
    private static string StemOf(FalLedgerEntry entry)
    {
        var safe = string.Concat(entry.Key.Take(LongestStem)
            .Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? char.ToLowerInvariant(c) : '_'));
        if (safe == entry.Key && !IsDevice(safe)) return safe;
        return safe + "-" + Digest(entry.Key);
    }

    private static bool IsDevice(string stem)
        => stem is "con" or "prn" or "aux" or "nul" || (stem.Length == 4 && stem[..3] is "com" or "lpt" && char.IsAsciiDigit(stem[3]));

    private static string Digest(string text)
        => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4)).ToLowerInvariant();
}
