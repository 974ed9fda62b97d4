using Fal.Emulation;

namespace KlingGen.Cli.Emulating;

/// <summary>An entry of a script's <c>faults</c>: what goes wrong with calls.</summary>
internal static class ScriptFault
{
    private static readonly Dictionary<string, Func<ScriptNode, FalFault>> Kinds = new(StringComparer.Ordinal)
    {
        ["reset"] = node => FalFault.Reset(node.Json.Get("works") is null || node.Flag("works")),
        ["resetWhileReading"] = _ => FalFault.ResetWhileReading(),
        ["resetAfterHeaders"] = _ => FalFault.ResetAfterHeaders(),
        ["cutBody"] = node => FalFault.CutBody(node.Number("share") ?? 0.5),
        ["cutEvents"] = node => FalFault.CutEvents(node.Integer("events") ?? 1),
        ["delay"] = node => FalFault.Delay(node.Time("time") ?? throw node.Mistake("'time' is missing here")),
        ["slowBytes"] = node => FalFault.SlowBytes(node.Time("pause") ?? TimeSpan.FromMilliseconds(100), node.Integer("pieceSize") ?? 16),
        ["error"] = node => FalFault.Error(node.Integer("status") ?? 503, node.Time("retryAfter"), node.Text("errorType"), node.Flag("works")),
        ["ingressPage"] = node => FalFault.IngressPage(node.Integer("status") ?? 502, node.Time("retryAfter")),
        ["answer"] = node => FalFault.Answer(node.Integer("status") ?? 200, node.Needed("body"), node.Text("contentType") ?? "application/json",
            works: node.Flag("works")),
        ["redirect"] = node
            => FalFault.Redirect(new Uri(node.Needed("location"), UriKind.RelativeOrAbsolute), node.Integer("status") ?? 307, node.Flag("works")),
        ["body"] = node => FalFault.Body(node.Needed("body"), node.Text("contentType") ?? "application/json"),
        ["truncatedJson"] = node => FalFault.TruncatedJson(node.Number("share") ?? 0.5),
        ["setField"] = node => FalFault.SetField(node.Needed("name"), node.JsonText("value") ?? "null"),
        ["removeField"] = node => FalFault.RemoveField(node.Needed("name")),
        ["duplicateField"] = node => FalFault.DuplicateField(node.Needed("name"), node.JsonText("value") ?? "null"),
    };

    private static readonly Dictionary<string, FalOperation> Operations =
        Enum.GetValues<FalOperation>().Where(operation => operation != FalOperation.None)
            .ToDictionary(operation => char.ToLowerInvariant(operation.ToString()[0]) + operation.ToString()[1..]);

    /// <summary>The values of <c>fault</c>.</summary>
    public static IReadOnlyCollection<string> KindNames => Kinds.Keys;

    /// <summary>The values of <c>operation</c>.</summary>
    public static IReadOnlyCollection<string> OperationNames => Operations.Keys;

    public static Action<FalEmulator> Read(ScriptNode node)
    {
        node.OnlyKnows(
            "operation", "fault", "times", "skip", "endpoints", "works", "share", "events", "time", "pause", "pieceSize", "status",
            "retryAfter", "errorType", "body", "contentType", "location", "name", "value");
        var name = node.Needed("fault");
        if (!Kinds.TryGetValue(name, out var kind)) throw node.Mistake(ScriptNode.Unknown("fault", name, Kinds.Keys), node.Json.Get("fault"));
        var operation = node.Text("operation") ?? "any";
        if (!Operations.TryGetValue(operation, out var operations)) throw node.Mistake(ScriptNode.Unknown("operation", operation, Operations.Keys),
            node.Json.Get("operation"));
        FalFault fault;
        try
        {
            fault = kind(node);
        }
        catch (ArgumentException ex)
        {
            throw node.Mistake(ex.Message);
        }

        var (times, skip, endpoints) = (node.Integer("times") ?? 1, node.Integer("skip") ?? 0, node.Text("endpoints") ?? "**");
        if (times < 0 || skip < 0) throw node.Mistake("'times' and 'skip' count from 0");
        return emulator => emulator.Faults.Add(operations, fault, times, skip, endpoints);
    }
}
