using Fal.Media;

namespace Fal;

public partial record FalFile
{
    /// <summary>Opens the file for reading. The stream goes on by itself where a connection breaks, and fails rather than end early.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops opening; reading has tokens of its own.</param>
    /// <exception cref="FalFileException">The file is not there any more, or breaks a limit.</exception>
    /// <exception cref="InvalidOperationException">The file was made by hand: use <see cref="FalClient.Files"/>.</exception>
    public Task<Stream> OpenAsync(FalDownloadOptions? options = null, CancellationToken cancellationToken = default)
        => Download.OfAsync(this, Download.OpenAsync(TransportFor("fal.Files.OpenAsync(file)"), this, options, cancellationToken));

    /// <summary>Saves the file, and returns the full path of what was written.</summary>
    /// <param name="path">
    /// Where to. A folder that exists, or a path that ends with a separator, takes the file under its own name, made safe, never over another file.
    /// </param>
    /// <param name="options">Limits, and whether a file at <paramref name="path"/> may be replaced.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the download; nothing is left behind.</param>
    /// <exception cref="FalFileException">The file is not there any more, breaks a limit, or did not arrive whole.</exception>
    /// <exception cref="InvalidOperationException">The file was made by hand: use <see cref="FalClient.Files"/>.</exception>
    public Task<string> SaveAsync(
        string path, FalDownloadOptions? options = null, IProgress<FalDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Download.OfAsync(
            this,
            FileSaver.SaveAsync(TransportFor("fal.Files.SaveAsync(file, path)"), this, path, options, progress, cancellationToken));

    // A data URI needs no network, and so no client.
    private FalTransport? TransportFor(string call)
        => Context?.Transport ?? (DataUri.Is(Url)
            ? null
            : throw new InvalidOperationException(
                $"This file does not come from a client's answer, so it knows no client to download it with. Use {call}."));
}
