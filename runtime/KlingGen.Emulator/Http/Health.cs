using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>
/// The health check at <c>/health</c> of each host, for tools that wait until the emulator has started. fal has no such
/// path. The request is not recorded, and no fault strikes it.
/// </summary>
internal static class Health
{
    public static bool IsAsked(HttpContext context)
        => context.Request.Path == "/health" && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));

    public static Task AnswerAsync(HttpContext context, FalService service, EmulatorServices services)
    {
        var body = new JsonObject
        {
            ["status"] = "ok",
            ["host"] = service.ToString().ToLowerInvariant(),
            ["endpoints"] = services.Documents.Endpoints.Count
        };
        return Answers.JsonAsync(context, 200, body.ToJsonString(WireJson.Options));
    }
}
