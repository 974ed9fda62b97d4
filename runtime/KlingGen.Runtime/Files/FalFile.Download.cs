using Fal.Media;

namespace Fal;

public partial record FalFile
{
    /// <summary>Opens the file for reading. If a connection breaks, the stream continues over another; it throws rather than end early.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops opening; each read has its own token.</param>
    /// <exception cref="FalFileException">The file no longer exists, or exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException">The file does not come from a result: use <see cref="FalClient.Files"/>.</exception>
    public Task<Stream> OpenAsync(FalDownloadOptions? options = null, CancellationToken cancellationToken = default)
        => Download.OfAsync(this, Download.OpenAsync(TransportFor("fal.Files.OpenAsync(file)"), this, options, cancellationToken));

    /// <summary>Saves the file, and returns the full path of the saved file.</summary>
    /// <param name="path">The target path. If it is an existing folder or ends with a separator, the file is saved there
    /// under its own name, made safe, and never replaces another file.</param>
    /// <param name="options">Limits, and whether a file at <paramref name="path"/> may be replaced.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the download and deletes the temporary file.</param>
    /// <exception cref="FalFileException">The file no longer exists, exceeds a limit, or was not received completely.</exception>
    /// <exception cref="InvalidOperationException">The file does not come from a result: use <see cref="FalClient.Files"/>.</exception>
    public Task<string> SaveAsync(
        string path, FalDownloadOptions? options = null, IProgress<FalDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Download.OfAsync(
            this,
            FileSaver.SaveAsync(TransportFor("fal.Files.SaveAsync(file, path)"), this, path, options, progress, cancellationToken));

    // A data URI needs no network, and therefore no client.
    private FalTransport? TransportFor(string call)
        => Context?.Transport ?? (DataUri.Is(Url)
            ? null
            : throw new InvalidOperationException(
                $"This file is not part of a client's answer, so it has no client to download it with. Use {call}."));
}
