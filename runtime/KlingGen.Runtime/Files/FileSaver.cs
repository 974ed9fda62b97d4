using System.Buffers;

namespace Fal.Media;

/// <summary>Saves a download to a temporary file in the target folder, and renames it when it is complete.</summary>
internal static class FileSaver
{
    private const int BufferLength = 128 * 1024;
    private const int MostStarts = 3;
    private const int MostNames = 10_000;

    public static Task<string> SaveAsync(
        FalTransport? transport, FalFile file, string path, FalDownloadOptions? options, IProgress<FalDownloadProgress>? progress,
        CancellationToken ct)
        => SaveAsync(transport, file, path, options, progress, Create, ct);

    /// <summary>Saves through a temporary file that <paramref name="create"/> opens.</summary>
    internal static async Task<string> SaveAsync(
        FalTransport? transport, FalFile file, string path, FalDownloadOptions? options, IProgress<FalDownloadProgress>? progress,
        Func<string, FileStream> create, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = FalDownloadOptions.Checked(options);
        var isFolder = Path.EndsInDirectorySeparator(path) || Directory.Exists(path);
        var full = Path.GetFullPath(path);
        if (!isFolder && !options.Overwrite && File.Exists(full)) throw Exists(full);
        ct.ThrowIfCancellationRequested();
        var folder = isFolder ? full : Path.GetDirectoryName(full)!;
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
        try
        {
            var contentType = await FetchAsync(transport, file, temporary, options, progress, create, ct).ConfigureAwait(false);
            if (isFolder) return MoveInto(folder, SafeFileName.ForDownload(file, contentType), temporary);
            Move(temporary, full, options.Overwrite);
            return full;
        }
        catch
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw;
        }
    }

    // An incomplete file is useless; if the rest is not available, the whole file is requested again.
    private static async Task<string?> FetchAsync(
        FalTransport? transport, FalFile file, string temporary, FalDownloadOptions options, IProgress<FalDownloadProgress>? progress,
        Func<string, FileStream> create, CancellationToken ct)
    {
        for (var starts = 1; ; starts++)
        {
            var source = await Download.OpenAsync(transport, file, options, ct).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                try
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
                    var target = create(temporary);
                    await using (target.ConfigureAwait(false))
                    {
                        await CopyAsync(source, target, progress, ct).ConfigureAwait(false);
                        // Flushed to disk before the rename: after a power failure the name must not refer to an empty file.
                        target.Flush(flushToDisk: true);
                    }
                    return (source as DownloadStream)?.ContentType;
                }
                catch (FalFileException ex) when (ex.CanStartOver && starts < MostStarts)
                {
                    // The next round requests it again.
                }
            }
        }
    }

    private static FileStream Create(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);

    private static async Task CopyAsync(Stream source, FileStream target, IProgress<FalDownloadProgress>? progress, CancellationToken ct)
    {
        long? total = source is DownloadStream { Total: var announced } ? announced : source.Length;
        long received = 0;
        progress?.Report(new(0, total));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (true)
            {
                var count = await source.ReadAsync(buffer.AsMemory(0, BufferLength), ct).ConfigureAwait(false);
                if (count == 0) break;
                await target.WriteAsync(buffer.AsMemory(0, count), ct).ConfigureAwait(false);
                received += count;
                progress?.Report(new(received, total ?? (source as DownloadStream)?.Total));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (total is null) progress?.Report(new(received, received));
    }

    private static void Move(string temporary, string full, bool overwrite)
    {
        try
        {
            File.Move(temporary, full, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(full))
        {
            throw Exists(full);
        }
    }

    // The name comes from outside, so it must not replace an existing file.
    private static string MoveInto(string folder, string name, string temporary)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        for (var i = 1; ; i++)
        {
            var full = Path.Combine(folder, i == 1 ? name : FormattableString.Invariant($"{stem} ({i}){extension}"));
            if (Path.Exists(full) && i < MostNames) continue;
            try
            {
                File.Move(temporary, full, overwrite: false);
                return full;
            }
            catch (IOException) when (i < MostNames && Path.Exists(full))
            {
                // The name was taken in the meantime; try the next number.
            }
        }
    }

    private static IOException Exists(string full) => new($"The file '{full}' exists already, and FalDownloadOptions.Overwrite is false.");
}
