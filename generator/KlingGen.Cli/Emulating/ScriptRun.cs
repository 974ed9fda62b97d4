using System.Globalization;
using Fal.Emulation;
using KlingGen.Cli.Documents;

namespace KlingGen.Cli.Emulating;

/// <summary>An entry of a script's <c>runs</c>: what becomes of jobs.</summary>
internal static class ScriptRun
{
    public static Action<FalEmulator> Read(ScriptNode node)
    {
        node.OnlyKnows("endpoints", "once", "instant", "queuePositions", "positionTime", "duration", "logs", "failure", "result", "partials",
            "inferenceSeconds", "billableUnits", "stopTime");
        var run = node.Flag("instant") ? FalEmulatedRun.Instant : FalEmulatedRun.Default;
        if (node.Json.Get("queuePositions") is not null) run = run with { QueuePositions = [.. node.Items("queuePositions").Select(Position)] };
        if (node.Time("positionTime") is { } positionTime) run = run with { PositionTime = positionTime };
        if (node.Time("duration") is { } duration) run = run with { Duration = duration };
        if (node.Json.Get("logs") is not null) run = run with { Logs = [.. node.Items("logs").Select(Log)] };
        if (node.Object("failure") is { } failure) run = run with { Failure = Failure(failure) };
        if (node.JsonText("result") is { } result) run = run with { Result = result };
        if (node.Json.Get("partials") is not null) run =
            run with { Partials = [.. node.Items("partials").Select(item => DocumentText.Write(item.Json).TrimEnd('\n'))] };
        if (node.Number("inferenceSeconds") is { } seconds) run = run with { InferenceSeconds = seconds };
        if (node.Number("billableUnits") is { } units) run = run with { BillableUnits = (decimal)units };
        if (node.Time("stopTime") is { } stopTime) run = run with { StopTime = stopTime };

        var endpoints = node.Text("endpoints") ?? "**";
        if (!node.Flag("once")) return emulator => emulator.Script.For(endpoints, run);
        return endpoints == "**" ? emulator
            => emulator.Script.Next(run) : throw node.Mistake("'once' is for the next job of any endpoint; leave out 'endpoints'");
    }

    private static int Position(ScriptNode node)
        => int.TryParse(node.Json.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
        : throw node.Mistake("a place in the queue is an integer from 0");

    private static FalEmulatedLog Log(ScriptNode node)
    {
        if (node.Json.Kind == Json.JsonKind.String) return node.Json.Text;
        node.OnlyKnows("message", "at", "level");
        var line = new FalEmulatedLog(node.Needed("message"));
        if (node.Time("at") is { } at) line = line with { At = at };
        return node.Text("level") is { } level ? line with { Level = level } : line;
    }

    private static FalEmulatedFailure Failure(ScriptNode node)
    {
        node.OnlyKnows("byFal", "byModel", "message", "status", "property");
        if (node.Text("byFal") is { } byFal) return FalEmulatedFailure.ByFal(byFal, node.Text("message"));
        return FalEmulatedFailure.ByModel(node.Needed("byModel"), node.Text("message") ?? "The model failed.", node.Integer("status") ?? 422,
            node.Text("property"));
    }
}
