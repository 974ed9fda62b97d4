using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fal.Emulation;

/// <summary>Refuses requests that send a key to a host that must not receive it.</summary>
internal static class KeyGuard
{
    private const string Complaint = "The request to the media host contains the API key. Send it without the header 'Authorization: Key ...'.";

    public static Task HandleAsync(HttpContext context, EmulatorServices services, RequestDelegate next)
    {
        if (!HasKey(context, services.Key) && !HasKey(context, services.AdminKey)) return next(context);
        RequestRecorder.GetRequest(context).ShowedKey = true;
        return Answers.ErrorAsync(context, StatusCodes.Status400BadRequest, Complaint, "key_leaked");
    }

    private static bool HasKey(HttpContext context, string key)
        => context.Request.Headers.Authorization.ToString().StartsWith("Key ", StringComparison.OrdinalIgnoreCase)
            || Uri.UnescapeDataString(context.Features.Get<IHttpRequestFeature>()!.RawTarget).Contains(key, StringComparison.Ordinal)
            || context.Request.Headers.Any(header => header.Value.ToString().Contains(key, StringComparison.Ordinal));
}
