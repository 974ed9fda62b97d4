using System.Net;
using System.Net.Http.Headers;

namespace Fal.Media;

/// <summary>Opens files for reading: finds the place behind redirects, checks what the server announces.</summary>
internal static class Download
{
    private const int MostRedirects = 5;

    public static async Task<Stream> OpenAsync(FalTransport? transport, FalFile file, FalDownloadOptions? options, CancellationToken ct)
    {
        options = FalDownloadOptions.Checked(options);
        ct.ThrowIfCancellationRequested();
        if (DataUri.Is(file.Url)) return new MemoryStream(Inside(file, options), writable: false);
        return await DownloadStream.OpenAsync(transport!, UrlOf(file), options, ct).ConfigureAwait(false);
    }

    /// <summary>The same task, whose errors name the request that the file came from.</summary>
    public static async Task<T> OfAsync<T>(FalFile file, Task<T> task)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (FalException e)
        {
            e.Locate(file.Context?.EndpointId, file.Context?.RequestId);
            throw;
        }
    }

    private static Uri UrlOf(FalFile file)
        => Uri.TryCreate(file.Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? url : throw new FalFileException("The file has no usable URL, so it cannot be downloaded.") { IsTransient = false };

    /// <summary>Asks for the file from <paramref name="offset"/> on, following redirects by hand: https only, and not for ever.</summary>
    public static async Task<HttpResponseMessage> GetAsync(FalTransport transport, Uri url, long offset, Validator? validator, CancellationToken ct)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            var response = await transport.SendElsewhereAsync(url, HttpMethod.Get, null, FalCallKind.Download, request => Shape(request, offset, validator), ct).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode)) return response;
            var location = response.Headers.Location;
            var status = (int)response.StatusCode;
            response.Dispose();
            if (location is null) throw new FalFileException(FormattableString.Invariant($"Downloading from {url.Host} failed: it redirects ({status}) without saying where to.")) { StatusCode = status };
            url = new Uri(url, location);
        }
        throw new FalFileException(FormattableString.Invariant($"Downloading failed: more than {MostRedirects} redirects, at last at {url.Host}."));
    }

    /// <summary>The error for an answer that is no file.</summary>
    public static FalFileException Refused(Uri url, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var next = status switch
        {
            404 or 410 => "It is not there any more; fal keeps files for a limited time.",
            401 or 403 => "It may have expired, or its access list does not allow it.",
            >= 500 or 429 => "Try again later.",
            _ => "Check the URL.",
        };
        return new FalFileException(FormattableString.Invariant($"Downloading a file from {url.Host} failed ({status}). {next}")) { StatusCode = status, IsTransient = status >= 500 || status == 429 };
    }

    public static FalFileException TooLarge(Uri? url, long limit)
        => new(FormattableString.Invariant($"The file{(url is null ? "" : " at " + url.Host)} is larger than FalDownloadOptions.MaxBytes ({limit} bytes).")) { IsTransient = false };

    private static void Shape(HttpRequestMessage request, long offset, Validator? validator)
    {
        request.Headers.Add("Accept", "*/*");
        // Offsets and lengths are those of the file itself only if nobody compresses it on the way.
        request.Headers.Add("Accept-Encoding", "identity");
        if (offset == 0) return;
        request.Headers.Range = new RangeHeaderValue(offset, null);
        if (validator is { } known) request.Headers.IfRange = known.IfRange;
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static byte[] Inside(FalFile file, FalDownloadOptions options)
    {
        if (!DataUri.TryRead(file.Url, out _, out var bytes)) throw new FalFileException("The file's data URI cannot be decoded.") { IsTransient = false };
        return bytes.Length <= options.MaxBytes ? bytes : throw TooLarge(null, options.MaxBytes);
    }
}

/// <summary>By what a server recognises the same content: a strong ETag, or else a time of change that lies far enough back.</summary>
internal sealed record Validator(EntityTagHeaderValue? Tag, DateTimeOffset? Changed)
{
    public RangeConditionHeaderValue IfRange => Tag is not null ? new RangeConditionHeaderValue(Tag) : new RangeConditionHeaderValue(Changed!.Value);

    public static Validator? Of(HttpResponseMessage response)
    {
        if (response.Headers.ETag is { IsWeak: false } tag) return new Validator(tag, null);
        return response.Content.Headers.LastModified is { } changed && response.Headers.Date is { } date && date - changed >= TimeSpan.FromMinutes(1)
            ? new Validator(null, changed) : null;
    }
}
