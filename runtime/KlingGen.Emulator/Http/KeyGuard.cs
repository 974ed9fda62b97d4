using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>Refuses requests that send the key to a host that must not receive it.</summary>
internal static class KeyGuard
{
    private const string Complaint = "The request to the media host contains the API key. Send it without the header 'Authorization: Key ...'.";

    public static Task HandleAsync(HttpContext context, EmulatorServices services, RequestDelegate answer)
    {
        if (!HasKey(context.Request, services.Key)) return answer(context);
        RequestRecorder.GetRequest(context).ShowedKey = true;
        return Answers.ErrorAsync(context, StatusCodes.Status400BadRequest, Complaint, "key_leaked");
    }

    private static bool HasKey(HttpRequest request, string key)
        => request.Headers.Authorization.ToString().StartsWith("Key ", StringComparison.OrdinalIgnoreCase)
            || request.QueryString.Value?.Contains(Uri.EscapeDataString(key), StringComparison.Ordinal) == true
            || request.Headers.Any(header => header.Value.ToString().Contains(key, StringComparison.Ordinal));
}
