using System.Net.Http.Headers;
using KlingGen.Checks;
using System.Runtime.ExceptionServices;
using System.Text;

namespace Fal.Media;

/// <summary>One upload of one media file, from the request for a URL to the final URL.</summary>
internal sealed partial class MediaUpload
{
    private readonly FalTransport _transport;
    private readonly FalUploadSettings _settings;
    private readonly FalMedia _media;
    private readonly MediaBytes _source;
    private readonly string _contentType;
    private readonly string _fileName;
    private readonly FalLifecycle? _lifecycle;
    private readonly IProgress<FalUploadProgress>? _progress;
    private long _sent;

    private MediaUpload(
        FalTransport transport, FalUploadSettings settings, FalMedia media, MediaBytes source, string? sniffed, FalUploadOptions options,
        IProgress<FalUploadProgress>? progress)
    {
        _transport = transport;
        _settings = settings;
        _media = media;
        _source = source;
        _progress = progress;
        _lifecycle = options.Lifecycle ?? settings.Lifecycle;
        var name = SafeFileName.FromName(options.FileName ?? media.FileName);
        _contentType = options.ContentType ?? media.ContentType ?? ContentTypes.Choose(sniffed, name) ?? ContentTypeTable.Unknown;
        _fileName = name ?? "upload" + ContentTypeTable.ExtensionOf(_contentType);
    }

    /// <summary>Uploads local media, or the content of a data URI.</summary>
    public static async Task<string> RunAsync(
        FalTransport transport, FalUploadSettings settings, FalMedia media, FalUploadOptions? options, IProgress<FalUploadProgress>? progress,
        CancellationToken ct)
    {
        options ??= new FalUploadOptions();
        if (options.ContentType is { } type && !ContentTypes.IsWellFormed(type))
        {
            throw new ArgumentException("FalUploadOptions.ContentType must look like 'image/png', in printable ASCII.");
        }
        ct.ThrowIfCancellationRequested();
        try
        {
            var source = Open(media, ref options);
            await using (source.ConfigureAwait(false))
            {
                if (source is FileBytes { Length: 0 })
                    throw new FalFileException($"Uploading {media} failed: it is empty or not a regular file.") { IsTransient = false };
                if (!source.TryTake())
                {
                    throw new InvalidOperationException(
                        $"{media} cannot seek and was read by an earlier upload. Give a new stream, or its bytes with FalMedia.FromBytes.");
                }
                await source.PrepareAsync(ct).ConfigureAwait(false);
                var sniffed = await SniffAsync(source, ct).ConfigureAwait(false);
                var upload = new MediaUpload(transport, settings, media, source, sniffed, options, progress);
                var started = transport.Time.GetTimestamp();
                var url = await upload.SendAsync(ct).ConfigureAwait(false);
                FalTelemetry.RecordUpload(upload._sent);
                var uploaded = new FalUploadedEvent(upload._sent, transport.Time.GetElapsedTime(started));
                transport.Observer.Notify(uploaded, static (observer, uploaded) => observer.OnUploaded(uploaded));
                return url;
            }
        }
        catch (ProgressListenerException ex)
        {
            // The listener's own exception, as from any other call of it.
            ExceptionDispatchInfo.Throw(ex.InnerException!);
            throw;
        }
        catch (MediaUnreadableException ex)
        {
            throw new FalFileException($"Uploading {media} failed: {ex.Message.TrimEnd('.')}. Nothing was submitted.", ex.InnerException)
            {
                IsTransient = false,
            };
        }
        catch (Exception ex) when (
            ex is IOException or UnauthorizedAccessException || (ex is ObjectDisposedException && media.Stream is { CanRead: false }))
        {
            throw new FalFileException($"Uploading {media} failed: it could not be read ({ex.Message.TrimEnd('.')}). Nothing was submitted.", ex)
            {
                IsTransient = false,
            };
        }
    }

    private static MediaBytes Open(FalMedia media, ref FalUploadOptions options)
    {
        if (media.Url is not { } url) return media.Open();
        if (!DataUri.TryRead(url, out var type, out var bytes)) throw new ArgumentException($"{media} is a data URI that cannot be decoded.");
        options = options with { ContentType = options.ContentType ?? type };
        return new MemoryBytes(bytes);
    }

    private static async Task<string?> SniffAsync(MediaBytes source, CancellationToken ct)
    {
        var head = new byte[ContentSniffer.HeadLength];
        var count = await source.ReadAsync(0, head, ct).ConfigureAwait(false);
        return ContentSniffer.ContentType(head.AsSpan(0, count));
    }

    private async Task<string> SendAsync(CancellationToken ct)
    {
        if (_source.Length is { } length)
        {
            return length <= _settings.MultipartAbove
                ? await SendWholeAsync(_source, length, ct).ConfigureAwait(false)
                : await SendPartsAsync(Slices(length), length, ct).ConfigureAwait(false);
        }
        // The length is unknown: as many bytes as the first part decide.
        var first = new byte[_settings.PartSize];
        var count = await FillAsync(0, first, ct).ConfigureAwait(false);
        return count < first.Length
            ? await SendWholeAsync(new MemoryBytes(first.AsMemory(0, count)), count, ct).ConfigureAwait(false)
            : await SendPartsAsync(Pieces(first, ct), null, ct).ConfigureAwait(false);
    }

    private async Task<string> SendWholeAsync(MediaBytes source, long length, CancellationToken ct)
    {
        var ticket = await UploadTicket.GetAsync(_transport, multipart: false, _contentType, _fileName, _lifecycle, ct).ConfigureAwait(false);
        var meter = new UploadMeter(_progress, length);
        var part = meter.NewPart();
        HttpContent Content() => new MediaContent(source, 0, length, part) { Headers = { ContentType = MediaTypeHeaderValue.Parse(_contentType) } };
        using var response = await PutAsync(ticket.UploadUrl, Content, "the PUT of its content", ct).ConfigureAwait(false);
        meter.Finish(length);
        _sent = length;
        return ticket.FileUrl;
    }

    private Task<HttpResponseMessage> PutAsync(Uri url, Func<HttpContent> content, string what, CancellationToken ct)
        => SendAsync(url, HttpMethod.Put, content, what, ct);

    /// <summary>Sends bytes to the upload URL; an answer without success is an error with the name of the file.</summary>
    private async Task<HttpResponseMessage> SendAsync(Uri url, HttpMethod method, Func<HttpContent> content, string what, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            // Identity, because a compressing proxy removes the ETag header.
            response = await _transport.SendElsewhereAsync(
                url, method, content, FalCallKind.UploadPart, request => request.Headers
                    .Add("Accept-Encoding", "identity"), ct).ConfigureAwait(false);
        }
        catch (FalUnavailableException ex)
        {
            throw new FalFileException($"Uploading {_media} failed at {what}. {ex.Message} Nothing was submitted.", ex)
            {
                IsTransient = true,
                StatusCode = ex.StatusCode,
            };
        }
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var status = (int)response.StatusCode;
            var next = status is >= 300 and < 400
                ? "It answered with a redirect, which is never followed."
                : "Try again; the URL that fal gave may have expired.";
            throw new FalFileException(
                FormattableString.Invariant($"Uploading {_media} failed at {what}: {url.Host} refused it ({status}). {next} Nothing was submitted."))
            {
                StatusCode = status,
                ResponseBody = ShortBody(response),
                // A signed URL expires with a 403; another upload gets another URL.
                IsTransient = HttpStatus.MayPass(status) || status == 403,
            };
        }
    }

    // Always UTF-8: the charset in an answer may not exist.
    private string? ShortBody(HttpResponseMessage response)
    {
        var body = BufferedContent.GetBody(response).Span;
        return body.IsEmpty ? null : _transport.Redact(Encoding.UTF8.GetString(body[..Math.Min(body.Length, 4096)]));
    }

    private async Task<int> FillAsync(long offset, byte[] buffer, CancellationToken ct)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var count = await _source.ReadAsync(offset + filled, buffer.AsMemory(filled), ct).ConfigureAwait(false);
            if (count == 0) break;
            filled += count;
        }
        return filled;
    }
}
