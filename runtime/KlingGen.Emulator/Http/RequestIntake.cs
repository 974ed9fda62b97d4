using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>Accepts requests: reads and validates a request, and creates its job.</summary>
internal sealed class RequestIntake(EmulatorServices services)
{
    /// <summary>Creates the job; null if the request was refused, and then the error response has been sent.</summary>
    /// <param name="context">The request.</param>
    /// <param name="endpoint">The endpoint of the request.</param>
    /// <param name="direct">Whether it is a direct run: it has no queue, and an invalid request is answered with 422 at once.</param>
    public async Task<EmulatedJob?> TakeAsync(HttpContext context, FalEndpointId endpoint, bool direct)
    {
        if (!await KeyCheck.PassesAsync(context, services).ConfigureAwait(false)) return null;
        if (services.Documents.Find(endpoint) is not { } document)
        {
            await Answers.ErrorAsync(context, 404, $"Application '{endpoint}' not found").ConfigureAwait(false);
            return null;
        }
        string body;
        using (var reader = new StreamReader(context.Request.Body, Encoding.UTF8))
            body = HalfSurrogates.Replace(await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false));
        var (input, refusal) = Validate(document, body);
        var requestId = RequestId.New(services.Time);
        RequestRecorder.GetRequest(context).RequestId = requestId;
        context.Response.Headers["x-fal-request-id"] = requestId;
        if (refusal is not null && (direct || services.RefuseOnSubmit))
        {
            context.Response.Headers["x-fal-billable-units"] = "0";
            await Answers.JsonAsync(context, 422, refusal).ConfigureAwait(false);
            return null;
        }
        var run = services.Script.Choose(endpoint.ToString(), input);
        if (direct) run = run with { QueuePositions = [] };
        var facts = new JobFacts(run, services.Time.GetUtcNow(), StartTimeout(context.Request.Headers), refusal is not null);
        return new EmulatedJob(requestId, document, input, facts, refusal)
        {
            InputLength = body.Length,
            Webhook = Webhook(context.Request),
            OutputLifecycle = FileLifecycle.FromHeaders(context.Request.Headers),
            KeepsPayloads = context.Request.Headers["X-Fal-Store-IO"] != "0",
        };
    }

    private static (JsonElement Input, string? Refusal) Validate(ServedDocument document, string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var details = document.RequestValidator.Value.Validate(body);
            return (json.RootElement.Clone(), details.Count == 0 ? null : ErrorBodies.Details(details));
        }
        // Newtonsoft.Json has limits of its own, such as the digits of an integer.
        catch (Exception ex) when (ex is JsonException or Newtonsoft.Json.JsonException)
        {
            var where = new JsonArray("body", (ex as JsonException)?.BytePositionInLine ?? 0);
            var detail = ErrorBodies.Detail(
                where,
                "JSON decode error",
                "json_invalid",
                new JsonObject { ["error"] = "Expecting value" },
                new JsonObject());
            return (default, ErrorBodies.Details([detail]));
        }
    }

    // The newer header name wins; a value that is not a number of seconds is ignored.
    private static TimeSpan? StartTimeout(IHeaderDictionary headers)
    {
        foreach (var name in (ReadOnlySpan<string>)["X-Fal-Request-Start-Timeout", "X-Fal-Request-Timeout"])
        {
            var isNumber = double.TryParse(headers[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
            if (isNumber && seconds is > 0.1 and < 3.2e7) return TimeSpan.FromSeconds(seconds);
        }
        return null;
    }

    private static Uri? Webhook(HttpRequest request)
        => Uri.TryCreate(request.Query["fal_webhook"], UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
