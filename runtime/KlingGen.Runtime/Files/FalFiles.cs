using Fal.Media;
using Fal.Wire;
using KlingGen.Checks;

namespace Fal;

/// <summary>Uploads and downloads files. Get it from <see cref="FalClient.Files"/>.</summary>
/// <remarks>
/// Bytes travel between this process and the hosts that fal names, over https only and without the key. Which host that is, is fal's to say: no
/// address is refused for being a private one, except that plain http needs <see cref="FalClientOptions.AllowHttpOnLoopback"/>.
/// </remarks>
#pragma warning disable CA1001 // The semaphore has no wait handle, so there is nothing to dispose.
public sealed class FalFiles : IFalMediaUploader
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
        _shared = new SharedUploads(transport.Time, settings.Lifecycle, UploadInTurnAsync);
    }

    /// <summary>
    /// Uploads a file, bytes, a stream or the content of a data URI, and returns its URL; media with an http(s) URL is there already. Requests upload
    /// their media by themselves; this is for choosing the lifetime, for progress, or for uploading early. A request that is given the same object
    /// afterwards does not upload it again.
    /// </summary>
    /// <param name="media">What to upload.</param>
    /// <param name="options">Name, content type and lifetime.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the upload.</param>
    /// <exception cref="FalFileException">The bytes could not be read, or their place refused them.</exception>
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
            return new Uri(await _shared.GetAsync(media, cancellationToken).ConfigureAwait(false));
        var uploaded = await MediaUpload.RunAsync(_transport, _settings, media, options, progress, cancellationToken).ConfigureAwait(false);
        if (media.IsLocal) _shared.Remember(media, uploaded, options?.Lifecycle);
        return new Uri(uploaded);
    }

    /// <summary>Opens a file for reading. The stream goes on by itself where a connection breaks, and fails rather than end early.</summary>
    /// <param name="file">A file from a result, or one made by hand with its URL.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops opening; reading has tokens of its own.</param>
    /// <exception cref="FalFileException">The file is not there any more, or breaks a limit.</exception>
    public Task<Stream> OpenAsync(FalFile file, FalDownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Download.OfAsync(file, Download.OpenAsync(_transport, file, options, cancellationToken));
    }

    /// <summary>Saves a file, and returns the full path of what was written.</summary>
    /// <param name="file">A file from a result, or one made by hand with its URL.</param>
    /// <param name="path">
    /// Where to. A folder that exists, or a path that ends with a separator, takes the file under its own name, made safe, never over another file.
    /// </param>
    /// <param name="options">Limits, and whether a file at <paramref name="path"/> may be replaced.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the download; nothing is left behind.</param>
    /// <exception cref="FalFileException">The file is not there any more, breaks a limit, or did not arrive whole.</exception>
    public Task<string> SaveAsync(
        FalFile file, string path, FalDownloadOptions? options = null, IProgress<FalDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Download.OfAsync(file, FileSaver.SaveAsync(_transport, file, path, options, progress, cancellationToken));
    }

    /// <summary>Opens a file for reading by its URL, where a result has no more of it.</summary>
    /// <param name="url">The URL of the file.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops opening; reading has tokens of its own.</param>
    /// <exception cref="FalFileException">The file is not there any more, or breaks a limit.</exception>
    public Task<Stream> OpenAsync(string url, FalDownloadOptions? options = null, CancellationToken cancellationToken = default)
        => OpenAsync(FileAt(url), options, cancellationToken);

    /// <summary>Saves a file by its URL, where a result has no more of it, and returns the full path of what was written.</summary>
    /// <param name="url">The URL of the file.</param>
    /// <param name="path">
    /// Where to. A folder that exists, or a path that ends with a separator, takes the file under its own name, made safe, never over another file.
    /// </param>
    /// <param name="options">Limits, and whether a file at <paramref name="path"/> may be replaced.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the download; nothing is left behind.</param>
    /// <exception cref="FalFileException">The file is not there any more, breaks a limit, or did not arrive whole.</exception>
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

    Task<IReadOnlyList<FalProblem>> IFalMediaUploader.CheckAsync(FalMediaCheck check, CancellationToken ct)
        => MediaInspector.CheckAsync(check.Path, check.Media, check.Constraints, ct);

    async Task<string> IFalMediaUploader.UploadAsync(FalMedia media, FalMediaConstraints? constraints, CancellationToken ct)
    {
        if (constraints is not null && await MediaInspector.CheckAsync("", media, constraints, ct).ConfigureAwait(false) is { Count: > 0 } problems)
        {
            throw new FalValidationException(problems);
        }
        return media.Url ?? await _shared.GetAsync(media, ct).ConfigureAwait(false);
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
