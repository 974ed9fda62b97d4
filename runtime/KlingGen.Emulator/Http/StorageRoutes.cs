using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fal.Emulation;

/// <summary>Storage routes of the rest host: announces uploads and issues tokens for direct uploads. Both need the key.</summary>
internal sealed class StorageRoutes(EmulatorServices services)
{
    private static readonly string[] Needed = ["content_type", "file_name"];

    public void Map(IEndpointRouteBuilder routes)
    {
        var initiate = new OperationMark(FalOperation.UploadInitiate);
        routes.MapPost("/storage/upload/initiate", context => InitiateAsync(context, "")).WithMetadata(initiate);
        routes.MapPost("/storage/upload/initiate-multipart", context => InitiateAsync(context, "/services")).WithMetadata(initiate);
        routes.MapPost("/storage/auth/token", IssueTokenAsync).WithMetadata(new OperationMark(FalOperation.CdnToken));
    }

    private async Task InitiateAsync(HttpContext context, string kind)
    {
        if (!await KeyCheck.PassesAsync(context, services).ConfigureAwait(false)) return;
        var announced = await JsonBody.ReadAsync(context).ConfigureAwait(false);
        var missing = Needed.Where(name => JsonBody.Text(announced, name) is null).ToArray();
        if (missing.Length > 0)
        {
            var details = missing.Select(name => ErrorBodies.Detail(["body", name], "Field required", "missing", null, announced?.DeepClone()));
            await Answers.JsonAsync(context, 422, ErrorBodies.Details(details)).ConfigureAwait(false);
            return;
        }
        if (!FalEmulatedFiles.IsContentType(JsonBody.Text(announced, "content_type")!))
        {
            var refused = ErrorBodies.Detail(["body", "content_type"], "Value error, not a content type", "value_error", null,
                announced!["content_type"]!.DeepClone());
            await Answers.JsonAsync(context, 422, ErrorBodies.Details([refused])).ConfigureAwait(false);
            return;
        }
        var upload = services.Uploads.Open(JsonBody.Text(announced, "file_name")!, JsonBody.Text(announced, "content_type")!,
            FileLifecycle.FromHeaders(context.Request.Headers));
        var answer = new JsonObject
        {
            ["upload_url"] = new Uri(services.Addresses.Media, $"/uploads/{upload.Id}{kind}?signature={upload.Signature}").AbsoluteUri,
            ["file_url"] = services.Uploads.UrlOf(upload).AbsoluteUri,
        };
        await Answers.JsonAsync(context, 200, answer.ToJsonString(WireJson.Options)).ConfigureAwait(false);
    }

    private async Task IssueTokenAsync(HttpContext context)
    {
        if (!await KeyCheck.PassesAsync(context, services).ConfigureAwait(false)) return;
        var (token, end) = services.CdnTokens.Issue();
        var answer = new JsonObject
        {
            ["token"] = token,
            ["token_type"] = "Bearer",
            ["base_url"] = services.Addresses.Media.GetLeftPart(UriPartial.Authority),
            // Six fractional digits, as Python formats and parses them.
            ["expires_at"] = end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture),
        };
        await Answers.JsonAsync(context, 200, answer.ToJsonString(WireJson.Options)).ConfigureAwait(false);
    }
}
