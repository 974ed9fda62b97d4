using Fal.Media;
using Fal.Wire;
using KlingGen.Checks;

namespace Fal;

/// <summary>Uploads and downloads files. Get it from <see cref="FalClient.Files"/>.</summary>
/// <remarks>
/// Files are transferred between this process and the hosts in fal's answers, over https only and without the key. fal
/// chooses the host: private IP addresses are not refused, but plain http needs
/// <see cref="FalClientOptions.AllowHttpOnLoopback"/>.
/// </remarks>
#pragma warning disable CA1001 // The semaphore has no wait handle, so there is nothing to dispose.
public sealed class FalFiles
#pragma warning restore CA1001
{
    private readonly FalTransport _transport;
    private readonly FalUploadSettings _settings;
    private readonly SharedUploads _shared;
    private readonly SemaphoreSlim _room;

    internal FalFiles(FalTransport transport, FalUploadSettings settings)
    {
        _transport = transport;
        _settings = settings;
        _room = new SemaphoreSlim(settings.ParallelFiles, settings.ParallelFiles);
        _shared = new SharedUploads(transport.Time, settings.Lifecycle);
    }

    /// <summary>
    /// Uploads a file, bytes, a stream or the content of a data URI, and returns its URL; the URL of media with an http(s)
    /// URL is returned unchanged. Requests upload their media themselves; this method is for a lifetime, for progress, or for
    /// an early upload. A later request with the same object does not upload it again.
    /// </summary>
    /// <param name="media">The media to upload.</param>
    /// <param name="options">Name, content type and lifetime.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the upload.</param>
    /// <exception cref="FalFileException">The bytes could not be read, or the storage host refused them.</exception>
    /// <exception cref="FalException">fal did not accept the key, or could not be reached.</exception>
    public async Task<Uri> UploadAsync(
        FalMedia media, FalUploadOptions? options = null, IProgress<FalUploadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(media);
        if (media.Url is { } url && !DataUri.Is(url))
        {
            return ValueMath.IsUsableUrl(url) ? new Uri(url)
                : throw new ArgumentException($"{media} is no URL; for a local file use FalMedia.FromFile.", nameof(media));
        }
        if (media.IsLocal && options is null && progress is null)
            return new Uri(await _shared.GetAsync(media, UploadInTurnAsync, cancellationToken).ConfigureAwait(false));
        var uploaded = await MediaUpload.RunAsync(_transport, _settings, media, options, progress, cancellationToken).ConfigureAwait(false);
        if (media.IsLocal) _shared.Remember(media, uploaded, options?.Lifecycle);
        return new Uri(uploaded);
    }

    /// <summary>Opens a file for reading. If a connection breaks, the stream continues over another; it throws rather than end early.</summary>
    /// <param name="file">A file from a result, or one created with its URL.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops opening; each read has its own token.</param>
    /// <exception cref="FalFileException">The file no longer exists, or exceeds a limit.</exception>
    public Task<Stream> OpenAsync(FalFile file, FalDownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Download.OfAsync(file, Download.OpenAsync(_transport, file, options, cancellationToken));
    }

    /// <summary>Saves a file, and returns the full path of the saved file.</summary>
    /// <param name="file">A file from a result, or one created with its URL.</param>
    /// <param name="path">The target path. If it is an existing folder or ends with a separator, the file is saved there
    /// under its own name, made safe, and never replaces another file.</param>
    /// <param name="options">Limits, and whether a file at <paramref name="path"/> may be replaced.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the download and deletes the temporary file.</param>
    /// <exception cref="FalFileException">The file no longer exists, exceeds a limit, or was not received completely.</exception>
    public Task<string> SaveAsync(
        FalFile file, string path, FalDownloadOptions? options = null, IProgress<FalDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Download.OfAsync(file, FileSaver.SaveAsync(_transport, file, path, options, progress, cancellationToken));
    }

    /// <summary>Opens a file for reading by its URL, if a result has only the URL.</summary>
    /// <param name="url">The URL of the file.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops opening; each read has its own token.</param>
    /// <exception cref="FalFileException">The file no longer exists, or exceeds a limit.</exception>
    public Task<Stream> OpenAsync(string url, FalDownloadOptions? options = null, CancellationToken cancellationToken = default)
        => OpenAsync(FileAt(url), options, cancellationToken);

    /// <summary>Saves a file by its URL, if a result has only the URL, and returns the full path of the saved file.</summary>
    /// <param name="url">The URL of the file.</param>
    /// <param name="path">The target path. If it is an existing folder or ends with a separator, the file is saved there
    /// under its own name, made safe, and never replaces another file.</param>
    /// <param name="options">Limits, and whether a file at <paramref name="path"/> may be replaced.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the download and deletes the temporary file.</param>
    /// <exception cref="FalFileException">The file no longer exists, exceeds a limit, or was not received completely.</exception>
    public Task<string> SaveAsync(
        string url,
        string path,
        FalDownloadOptions? options = null,
        IProgress<FalDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => SaveAsync(FileAt(url), path, options, progress, cancellationToken);

    private static FalFile FileAt(string url)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        return new FalFile { Url = url };
    }

    /// <summary>
    /// Returns the URL of a media file, and uploads it if necessary. Concurrent callers for the same object
    /// share one upload, which continues until the last of them is cancelled. A failed upload is not cached.
    /// </summary>
    /// <exception cref="FalValidationException">A constraint is violated; nothing was uploaded.</exception>
    internal async Task<string> UploadCheckedAsync(FalMedia media, FalMediaConstraints? constraints, CancellationToken ct)
    {
        if (constraints is not null && await MediaInspector.CheckAsync("", media, constraints, ct).ConfigureAwait(false) is { Count: > 0 } problems)
        {
            throw new FalValidationException(problems);
        }
        return media.IsLocal ? await _shared.GetAsync(media, UploadInTurnAsync, ct).ConfigureAwait(false) : media.Url!;
    }

    private async Task<string> UploadInTurnAsync(FalMedia media, CancellationToken ct)
    {
        await _room.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await MediaUpload.RunAsync(_transport, _settings, media, null, null, ct).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }
}
