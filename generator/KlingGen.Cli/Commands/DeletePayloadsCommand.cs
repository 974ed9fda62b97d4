using System.CommandLine;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Deletes what fal keeps of a request.</summary>
internal sealed class DeletePayloadsCommand : PlatformCommand
{
    private readonly Argument<string> _request = new("request-id") { Description = "The request." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Deletes; without it, nothing is sent." };

    public DeletePayloadsCommand(ToolConsole console)
        : base(
            console,
            "delete-payloads",
            "Deletes the stored input, output and output files of a request. The key comes from FAL_ADMIN_KEY.",
            ("klinggen delete-payloads REQUEST-ID --yes", "this cannot be undone; input files stay"))
    {
        Add(_request);
        Add(_yes);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var id = arguments.GetValue(_request)!;
        if (!Guid.TryParse(id, out _)) throw new ToolException($"'{id}' is not a request id, which is a UUID.");
        if (!arguments.GetValue(_yes)) throw new ToolException("Deleting cannot be undone: add --yes. Nothing was sent.");
        using var client = Client(arguments);
        var deleted = await client.Platform.DeletePayloadsAsync(id, cancellation).ConfigureAwait(false);
        Print(new JsonObject
        {
            ["request_id"] = id,
            ["files"] = new JsonArray([.. deleted.Select(Shown)]),
        });
        return deleted.All(file => file.IsDeleted) ? ExitCode.Success : ExitCode.ProblemsFound;
    }

    private static JsonObject Shown(FalPayloadDeletion file) => new()
    {
        ["url"] = file.Link,
        ["deleted"] = file.IsDeleted,
        ["error"] = file.Error,
    };
}
