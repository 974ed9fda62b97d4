using System.Runtime.CompilerServices;
using System.Text.Json;
using Fal.Emulation;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Tests.Harness;
using ModelContextProtocol;

namespace KlingGen.Cli.Tests.Mcp;

/// <summary><c>klinggen mcp</c>: what an agent sees, and that it cannot spend more than it may.</summary>
public sealed class McpTests : IDisposable
{
    private const string Video = "fal-ai/kling-video/v2.1/master/text-to-video";
    private const string Key = "mcp-tests:0123456789abcdef";

    private static readonly string Golden = Path.Combine(Path.GetDirectoryName(ThisFile())!, "session.txt");
    private static readonly string Snow = $$$"""{"endpoint_id":"{{{Video}}}","input":{"prompt":"Snow."}}""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_session_in_the_emulator_is_the_recorded_one()
    {
        // A key in the environment does not make jobs paid.
        await using var session = await McpSession.StartAsync(_folder.Root, new Dictionary<string, string?> { ["FAL_KEY"] = Key });
        Assert.Equal("klinggen", session.Client.ServerInfo!.Name);
        session.Write("instructions: " + session.Client.ServerInstructions + "\n");
        foreach (var tool in await session.Client.ListToolsAsync())
            session.Write($"tool {tool.Name}: {tool.Description}\n{tool.JsonSchema.GetRawText().ReplaceLineEndings("")}\n");

        await session.CallAsync("search", """{"query":"master text","limit":3}""");
        await session.CallAsync("describe", """{"endpoint_id":"fal-ai/kling-video/v1/tts"}""");
        await session.CallAsync("check", $$$"""{"endpoint_id":"{{{Video}}}","input":{"prompt":"Snow.","cfg_scale":2,"length":5}}""");
        await session.CallAsync("check", Snow);
        await session.CallAsync("estimate", Snow);
        await session.CallAsync("submit", $$$"""{"endpoint_id":"{{{Video}}}","input":{}}""");
        await session.CallAsync("submit", """{"endpoint_id":"fal-ai/kling-vidoe/v1/tts","input":{"text":"Hello."}}""");
        await session.CallAsync("status", """{"token":"abc"}""");
        await session.CallAsync("search", """{"words":"master"}""");
        var job = await session.CallAsync("submit", Snow);
        var token = job.GetProperty("token").GetString();
        await session.CallAsync("result", $$"""{"token":"{{token}}","wait_seconds":60}""");
        await session.CallAsync("status", $$"""{"token":"{{token}}"}""");
        await session.CallAsync("cancel", $$"""{"token":"{{token}}"}""");

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1") await File.WriteAllTextAsync(Golden, session.Record);
        else Assert.Equal((await File.ReadAllTextAsync(Golden)).ReplaceLineEndings("\n"), session.Record);
    }

    [Fact]
    public async Task An_unknown_tool_is_an_error_of_the_protocol()
    {
        await using var session = await McpSession.StartAsync(_folder.Root, new Dictionary<string, string?>());
        var error = await Assert.ThrowsAnyAsync<McpException>(async () => await session.Client.CallToolAsync("delete_all"));
        Assert.Contains("delete_all", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_holds_over_restarts_and_the_key_is_shown_nowhere()
    {
        await using var fal = await Emulators.StartAsync([], new FalEmulatorOptions { Key = Key }, CancellationToken.None);
        fal.Script.For("**", FalEmulatedRun.Instant);
        var environment = new Dictionary<string, string?>
        {
            ["FAL_KEY"] = Key,
            ["FAL_QUEUE_ADDRESS"] = fal.QueueAddress.ToString(),
            ["FAL_RUN_ADDRESS"] = fal.RunAddress.ToString(),
            ["FAL_REST_ADDRESS"] = fal.RestAddress.ToString(),
        };
        string[] arguments = ["--max-cost", "3", "--ledger", _folder.At("ledger.jsonl")];
        var records = "";
        for (var run = 0; run < 2; run++)
        {
            await using var session = await McpSession.StartAsync(_folder.Root, environment, arguments);
            var job = await session.CallAsync("submit", Snow);
            Assert.Equal("fal", job.GetProperty("runs_on").GetString());
            Assert.Equal(run == 0 ? 1.6m : 0.2m, job.GetProperty("remaining").GetDecimal());
            var result = await session.CallAsync("result", $$"""{"token":"{{job.GetProperty("token").GetString()}}"}""");
            Assert.Equal("COMPLETED", result.GetProperty("status").GetString());
            records += session.Record;
        }

        await using var last = await McpSession.StartAsync(_folder.Root, environment, arguments);
        var refused = await last.CallAsync("submit", Snow);
        Assert.Contains("0.2 of --max-cost 3 is left", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        var unknown = await last.CallAsync("submit", """{"endpoint_id":"fal-ai/kling-video/v1/tts","input":{"text":"Hello."}}""");
        Assert.Contains("price is unknown", unknown.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, fal.Received.CountOf(FalOperation.Submit));
        var ledger = _folder.Read("ledger.jsonl");
        Assert.Equal(4, ledger.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("fal1.", ledger, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", records + last.Record + ledger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paid_server_does_not_start_without_a_key()
    {
        var run = await BuiltTool.RunWithKeyAsync(null, "mcp", "--max-cost", "3", "--ledger", _folder.At("ledger.jsonl"));
        const string Error = "klinggen: error: There is no fal key. Set the environment variable FAL_KEY (or FAL_KEY_ID and FAL_KEY_SECRET) to a key "
            + "from https://fal.ai/dashboard/keys.\n";
        Assert.Equal(new ToolRun(2, "", Error), run);
        Assert.False(File.Exists(_folder.At("ledger.jsonl")));
    }

    [Fact]
    public void The_manifest_names_the_version_and_the_command_of_the_package()
    {
        using var manifest = JsonDocument.Parse(Repository.Read("generator", "KlingGen.Cli", ".mcp", "server.json"));
        var root = manifest.RootElement;
        var package = Assert.Single(root.GetProperty("packages").EnumerateArray());
        Assert.Equal(Documents.SpecSet.Version, root.GetProperty("version").GetString());
        Assert.Equal(Documents.SpecSet.Version, package.GetProperty("version").GetString());
        Assert.Equal("KlingGen.Cli", package.GetProperty("identifier").GetString());
        Assert.Equal("mcp", package.GetProperty("packageArguments")[0].GetProperty("value").GetString());
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
