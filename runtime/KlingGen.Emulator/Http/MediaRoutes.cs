using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Fal.Emulation;

/// <summary>
/// Routes of the media host: receives uploads, and serves files without authentication. No call here needs the key, and none
/// should send it.
/// </summary>
internal sealed class MediaRoutes(EmulatorServices services)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        // Announced at the rest host: the signature in the URL authorizes the upload.
        Add("PUT", "/uploads/{upload}", FalOperation.Upload, context => SignedAsync(context, PutWholeAsync));
        Add("PUT", "/uploads/{upload}/services/{part:int:min(1)}", FalOperation.UploadPart, context => SignedAsync(context, PutPartAsync));
        Add("POST", "/uploads/{upload}/services/complete", FalOperation.UploadComplete, context => SignedAsync(context, CompleteAsync));

        // Direct upload: a token from the rest host authorizes it.
        const string direct = "/files/{id}/{name}/multipart/{upload}";
        Add("POST", "/files/upload", FalOperation.Upload, context => WithTokenAsync(context, UploadAsync));
        Add("POST", "/files/upload/multipart", FalOperation.UploadInitiate, context => WithTokenAsync(context, AnnounceAsync));
        Add("PUT", direct + "/{part:int:min(1)}", FalOperation.UploadPart, context => WithTokenAsync(context, UnderWay(PutPartAsync)));
        Add("POST", direct + "/complete", FalOperation.UploadComplete, context => WithTokenAsync(context, UnderWay(CompleteAsync)));

        Add("GET", "/files/{id}/{name}", FalOperation.Download, DownloadAsync);
        Add("HEAD", "/files/{id}/{name}", FalOperation.Download, DownloadAsync);

        void Add(string method, string path, FalOperation operation, RequestDelegate answer)
            => routes.MapMethods(path, [method], answer).WithMetadata(new OperationMark(operation));
    }

    private Task SignedAsync(HttpContext context, Func<HttpContext, OpenUpload, Task> answer)
        => UnderWay((_, upload) => context.Request.Query["signature"] == upload.Signature
            ? answer(context, upload)
            : Answers.ErrorAsync(context, 403, "The signature of the upload URL is not valid."))(context);

    private Task WithTokenAsync(HttpContext context, RequestDelegate answer)
        => services.CdnTokens.IsGood(context.Request.Headers.Authorization.ToString())
            ? answer(context)
            : Answers.ErrorAsync(context, 401, "The token is not valid, or not any more.");

    private RequestDelegate UnderWay(Func<HttpContext, OpenUpload, Task> answer) => context =>
    {
        var upload = services.Uploads.Find((string)context.GetRouteValue("upload")!);
        if (upload is null) return Answers.ErrorAsync(context, 404, "No such upload is under way.");
        return services.Uploads.IsLate(upload) ? Answers.ErrorAsync(context, 403, "The time for this upload is over.") : answer(context, upload);
    };

    private async Task PutWholeAsync(HttpContext context, OpenUpload upload)
    {
        var content = await ReadAsync(context).ConfigureAwait(false);
        context.Response.Headers.ETag = services.Uploads.Store(upload, content).ETag;
    }

    private async Task PutPartAsync(HttpContext context, OpenUpload upload)
    {
        var content = await ReadAsync(context).ConfigureAwait(false);
        var number = int.Parse((string)context.GetRouteValue("part")!, CultureInfo.InvariantCulture);
        var part = upload.Parts[number] = new UploadedPart(content);
        context.Response.Headers.ETag = part.ETag;
        await SayAsync(context, new() { ["partNumber"] = number, ["etag"] = part.ETag }).ConfigureAwait(false);
    }

    private async Task CompleteAsync(HttpContext context, OpenUpload upload)
    {
        var list = await ReadAsync(context).ConfigureAwait(false);
        var answer = services.Uploads.Complete(upload, list) is { } refusal
            ? Answers.ErrorAsync(context, refusal.StatusCode, refusal.Reason)
            : SayAsync(context, new() { ["access_url"] = services.Uploads.UrlOf(upload).AbsoluteUri });
        await answer.ConfigureAwait(false);
    }

    private async Task UploadAsync(HttpContext context)
    {
        var content = await ReadAsync(context).ConfigureAwait(false);
        var file = services.Uploads.Store(Announced(context), content);
        context.Response.Headers.ETag = file.ETag;
        await SayAsync(context, new() { ["access_url"] = file.Url.AbsoluteUri }).ConfigureAwait(false);
    }

    private Task AnnounceAsync(HttpContext context)
    {
        var upload = Announced(context);
        return SayAsync(context, new() { ["access_url"] = services.Uploads.UrlOf(upload).AbsoluteUri, ["uploadId"] = upload.Id });
    }

    private async Task DownloadAsync(HttpContext context)
    {
        if (services.Files.OfId((string)context.GetRouteValue("id")!) is not { } file)
        {
            await Answers.ErrorAsync(context, 404, "File not found").ConfigureAwait(false);
            return;
        }
        // The framework's result supports ranges, conditional requests and HEAD.
        var tag = EntityTagHeaderValue.Parse(file.ETag);
        var answer = Results.Bytes(file.Content, file.ContentType, enableRangeProcessing: true, lastModified: file.StoredAt, entityTag: tag);
        await answer.ExecuteAsync(context).ConfigureAwait(false);
    }

    private OpenUpload Announced(HttpContext context)
    {
        var headers = context.Request.Headers;
        var name = headers["X-Fal-File-Name"].ToString();
        var type = headers.ContentType.ToString();
        if (!FalEmulatedFiles.IsContentType(type)) type = "application/octet-stream";
        return services.Uploads.Open(name.Length == 0 ? "upload" : name, type, FileLifecycle.FromHeaders(headers));
    }

    private static Task SayAsync(HttpContext context, JsonObject answer) => Answers.JsonAsync(context, 200, answer.ToJsonString(WireJson.Options));

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        var length = context.Request.ContentLength ?? 0;
        using var body = new MemoryStream(length <= services.LargestBody ? (int)length : 0);
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
