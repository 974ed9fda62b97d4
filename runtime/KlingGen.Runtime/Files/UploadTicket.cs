using System.Buffers;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Media;

/// <summary>The upload URL of a file, and its URL after the upload.</summary>
internal sealed record UploadTicket(Uri UploadUrl, string FileUrl)
{
    /// <summary>Requests an upload URL from fal.</summary>
    public static async Task<UploadTicket> GetAsync(
        FalTransport transport,
        bool multipart,
        string contentType,
        string fileName,
        FalLifecycle? lifecycle,
        CancellationToken ct)
    {
        var path = multipart ? "/storage/upload/initiate-multipart?storage_type=fal-cdn-v3" : "/storage/upload/initiate?storage_type=fal-cdn-v3";
        var body = Body(contentType, fileName);
        var header = lifecycle?.ToHeader();
        using var response = await transport.SendToFalAsync(
            FalHost.Rest, path, HttpMethod.Post, () => BufferedContent.ForJson(body), FalCallKind.UploadInitiate,
            headers => AddLifecycle(headers, header), default, ct).ConfigureAwait(false);
        var answer = BufferedContent.GetBody(response);
        return response.IsSuccessStatusCode ? Read(answer.Span) : throw FalErrors.FromResponse(transport, response, answer.Span, null, null);
    }

    /// <summary>The URL of a part, or of "complete": after the path, before the query with the signature.</summary>
    public Uri Below(string segment) => new($"{UploadUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{segment}{UploadUrl.Query}");

    // Both names are sent, as by fal's own clients.
    private static void AddLifecycle(System.Net.Http.Headers.HttpRequestHeaders headers, string? lifecycle)
    {
        if (lifecycle is null) return;
        headers.Add("X-Fal-Object-Lifecycle", lifecycle);
        headers.Add("X-Fal-Object-Lifecycle-Preference", lifecycle);
    }

    private static ReadOnlyMemory<byte> Body(string contentType, string fileName)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("content_type"u8, contentType);
            json.WriteString("file_name"u8, fileName);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static UploadTicket Read(ReadOnlySpan<byte> answer)
    {
        try
        {
            var json = FalJsonText.Parse(answer);
            if (FalJsonText.StringOf(json, "upload_url") is { } upload && FalJsonText.StringOf(json, "file_url") is { } file
                && Uri.TryCreate(upload, UriKind.Absolute, out var uploadUrl)
                && Uri.TryCreate(file, UriKind.Absolute, out var fileUrl) && fileUrl.UserInfo.Length == 0
                && (fileUrl.Scheme == Uri.UriSchemeHttps || (fileUrl.Scheme == Uri.UriSchemeHttp && fileUrl.IsLoopback)))
            {
                return new UploadTicket(uploadUrl, file);
            }
        }
        catch (JsonException)
        {
            // Handled below, like every other answer without a ticket.
        }
        throw new FalProtocolException("fal's answer to an announced upload names no usable URLs (upload_url, file_url). Nothing was uploaded.");
    }
}
