using System.Text.Json.Nodes;
using Fal.Emulation;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Playground;

/// <summary>What the emulator received, delivered and plans, as the page shows it: the newest first.</summary>
internal static class EmulatorReport
{
    private const int MostShown = 100;
    private const int LongestBody = 4_000;

    public static JsonObject FromEmulator(FalEmulator emulator) => new()
    {
        ["received"] = new JsonArray([.. emulator.Received.All.Reverse().Take(MostShown).Select(Received)]),
        ["webhooks"] = new JsonArray([.. emulator.Webhooks.All.Reverse().Take(MostShown).Select(Webhook)]),
        ["faults"] = new JsonArray([.. emulator.Faults.Planned.Select(Fault)]),
    };

    private static JsonObject Received(FalReceivedRequest request) => new()
    {
        ["at"] = request.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["host"] = request.Service.ToString().ToLowerInvariant(),
        ["operation"] = request.Operation.ToString(),
        ["method"] = request.Method,
        ["path"] = request.Path + request.Query,
        ["status"] = request.StatusCode,
        ["fault"] = request.Fault?.Name,
        ["headers"] = new JsonObject(request.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
        ["body"] = Body(request),
        ["bytes"] = request.BodyLength,
    };

    private static string? Body(FalReceivedRequest request)
    {
        if (request.BodyLength == 0) return null;
        var isText = request.Headers.GetValueOrDefault("Content-Type")?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
        return isText ? Cut(Visible.Text(request.BodyText)) : null;
    }

    private static JsonObject Webhook(FalWebhookDelivery delivery) => new()
    {
        ["requestId"] = delivery.RequestId,
        ["url"] = delivery.Url.AbsoluteUri,
        ["outcome"] = delivery.Outcome.ToString(),
        ["attempts"] = new JsonArray([.. delivery.Attempts.Select(attempt => new JsonObject
        {
            ["at"] = attempt.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["status"] = attempt.StatusCode,
            ["problem"] = attempt.Problem,
        })]),
        ["body"] = Cut(delivery.BodyText),
    };

    private static JsonObject Fault(FalPlannedFault fault) => new()
    {
        ["fault"] = fault.Fault.Name,
        ["operations"] = fault.Operations.ToString(),
        ["endpoints"] = fault.Endpoints,
        ["times"] = fault.Times,
        ["struck"] = fault.Struck,
    };

    private static string Cut(string text) => text.Length <= LongestBody ? text : string.Concat(text.AsSpan(0, LongestBody), "…");
}
