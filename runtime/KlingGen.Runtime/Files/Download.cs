using System.Net;
using System.Net.Http.Headers;

namespace Fal.Media;

/// <summary>Opens files for reading: follows redirects and validates the headers of the answer.</summary>
internal static class Download
{
    private const int MostRedirects = 5;

    public static async Task<Stream> OpenAsync(FalTransport? transport, FalFile file, FalDownloadOptions? options, CancellationToken ct)
    {
        options = FalDownloadOptions.Checked(options);
        ct.ThrowIfCancellationRequested();
        var expected = options.RequireFileSize ? file.FileSize : null;
        if (!DataUri.Is(file.Url)) return await DownloadStream.OpenAsync(transport!, UrlOf(file), options, expected, ct).ConfigureAwait(false);
        var inside = Inside(file, options);
        if (expected is { } size && size != inside.Length) throw WrongSize(null, inside.Length, size);
        return new MemoryStream(inside, writable: false);
    }

    /// <summary>Returns the task; its errors contain the id of the request that the file came from.</summary>
    public static async Task<T> OfAsync<T>(FalFile file, Task<T> task)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (FalException ex)
        {
            ex.SetCall(file.Context?.EndpointId, file.Context?.RequestId);
            throw;
        }
    }

    private static Uri UrlOf(FalFile file)
        => Uri.TryCreate(file.Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? url
            : throw new FalFileException("The file has no http or https URL, so it cannot be downloaded. Check FalFile.Url.") { IsTransient = false };

    /// <summary>Requests the file from <paramref name="offset"/> on. Follows redirects itself: https only, and up to a limit.</summary>
    public static async Task<HttpResponseMessage> GetAsync(FalTransport transport, Uri url, long offset, Validator? validator, CancellationToken ct)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            var response = await transport.SendElsewhereAsync(
                url, HttpMethod.Get, null, FalCallKind.Download, request => Shape(request, offset, validator), ct).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode)) return response;
            using (response) url = TargetOf(url, response);
        }
        throw new FalFileException(
            FormattableString.Invariant($"Downloading failed: more than {MostRedirects} redirects, at last at {url.Host}. Check the URL."));
    }

    /// <summary>Creates the error for an answer without a file.</summary>
    public static FalFileException Refused(Uri url, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var mayPass = HttpStatus.MayPass(status);
        var next = status switch
        {
            404 or 410 => "It no longer exists: fal keeps files for a limited time. Save results soon after the job ends.",
            401 or 403 => "It may have expired, or its access list does not allow it.",
            _ => mayPass ? "Try again later." : "Check the URL.",
        };
        return new FalFileException(FormattableString.Invariant($"Downloading a file from {url.Host} failed ({status}). {next}"))
        {
            StatusCode = status,
            IsTransient = mayPass,
        };
    }

    public static FalFileException TooLarge(Uri? url, long limit)
        => new(FormattableString.Invariant($"The file{At(url)} is larger than FalDownloadOptions.MaxBytes ({limit} bytes). ")
            + "Raise MaxBytes to download it.")
        {
            IsTransient = false,
        };

    /// <summary>Creates the error for a file whose size differs from the one in its result.</summary>
    public static FalFileException WrongSize(Uri? url, long size, long expected)
        => new(FormattableString.Invariant($"The file{At(url)} has {size} bytes, but its FileSize says {expected}: it is another file. ")
            + "Set RequireFileSize to false to accept it.")
        {
            IsTransient = false,
        };

    private static string At(Uri? url) => url is null ? "" : " at " + url.Host;

    private static Uri TargetOf(Uri url, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        // The raw header: the framework's own property is null for some values and throws later for others.
        var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
        var what = location is null ? "redirects without saying where to" : "redirects to something that is no URL";
        if (location is not null && Uri.TryCreate(url, location, out var target)) return target;
        throw new FalFileException(FormattableString.Invariant($"Downloading from {url.Host} failed: it {what} ({status}). Check the URL."))
        {
            StatusCode = status,
        };
    }

    private static void Shape(HttpRequestMessage request, long offset, Validator? validator)
    {
        request.Headers.Add("Accept", "*/*");
        // Offsets and lengths are those of the file itself only if it is not compressed in transfer.
        request.Headers.Add("Accept-Encoding", "identity");
        if (offset == 0) return;
        request.Headers.Range = new RangeHeaderValue(offset, null);
        if (validator is { } known) request.Headers.IfRange = known.IfRange;
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static byte[] Inside(FalFile file, FalDownloadOptions options)
    {
        if (!DataUri.TryRead(file.Url, out _, out var bytes))
        {
            throw new FalFileException("The file's data URI cannot be decoded. Check FalFile.Url.") { IsTransient = false };
        }
        return bytes.Length <= options.MaxBytes ? bytes : throw TooLarge(null, options.MaxBytes);
    }
}

/// <summary>The validator with which a server recognizes the same content: a strong ETag, or a time of change that is old enough.</summary>
internal sealed record Validator(EntityTagHeaderValue? Tag, DateTimeOffset? Changed)
{
    public RangeConditionHeaderValue IfRange => Tag is not null ? new RangeConditionHeaderValue(Tag) : new RangeConditionHeaderValue(Changed!.Value);

    /// <summary>The validator of a first answer, if it has one.</summary>
    public static Validator? FromResponse(HttpResponseMessage response)
    {
        if (response.Headers.ETag is { IsWeak: false } tag) return new Validator(tag, null);
        return response.Content.Headers.LastModified is { } changed && response.Headers.Date is { } date && date - changed >= TimeSpan.FromMinutes(1)
            ? new Validator(null, changed) : null;
    }
}

/// <summary>The version of the content in an answer, for comparison with a later part.</summary>
internal sealed record ContentVersion(string? Tag, DateTimeOffset? Changed, long? Length)
{
    public static ContentVersion FromResponse(HttpResponseMessage response, long? length) => new(
        response.Headers.ETag?.ToString(), response.Content.Headers.LastModified, length);

    /// <summary>
    /// Whether both can be the same content: all values that both have must be equal. A part without values is trusted,
    /// because the request had If-Range.
    /// </summary>
    public bool CanBe(ContentVersion part) => Agree(Tag, part.Tag) && Agree(Changed, part.Changed) && Agree(Length, part.Length);

    private static bool Agree<T>(T? first, T? second) => first is null || second is null || EqualityComparer<T>.Default.Equals(first, second);
}
