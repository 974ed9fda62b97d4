using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using KlingGen.Cli.Tests.Harness;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace KlingGen.Cli.Tests.Mcp;

/// <summary>The tool as a process, over standard input and output, asked by the protocol's own client. Records what is asked and answered.</summary>
internal sealed partial class McpSession : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly McpClient _client;
    private readonly StringBuilder _record = new();

    private McpSession(McpClient client) => _client = client;

    public McpClient Client => _client;

    /// <summary>The session so far, with placeholders for what differs from run to run.</summary>
    public string Record => Varying().Replace(
        _record.ToString(),
        match => match.Groups["host"].Success ? "127.0.0.1:{port}" : match.Groups["size"].Success ? "\"file_size\": {size}" : "{id}");

    public static async Task<McpSession> StartAsync(string folder, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "klinggen",
            Command = "dotnet",
            Arguments = [BuiltTool.File, "mcp", .. arguments],
            WorkingDirectory = folder,
            EnvironmentVariables = environment.ToDictionary(pair => pair.Key, pair => pair.Value),
        });
        return new McpSession(await McpClient.CreateAsync(transport));
    }

    public async Task<JsonElement> CallAsync(string tool, string arguments)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        var answer = await _client.CallToolAsync(tool, values);
        var json = answer.StructuredContent!.Value;
        var text = Assert.IsType<TextContentBlock>(Assert.Single(answer.Content)).Text;
        using var document = JsonDocument.Parse(text);
        Assert.True(JsonElement.DeepEquals(json, document.RootElement), text);
        Write($"> {tool} {arguments}");
        Write((answer.IsError == true ? "error " : "") + JsonSerializer.Serialize(json, Readable) + "\n");
        return json;
    }

    public void Write(string text) => _record.Append(text).Append('\n');

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [GeneratedRegex(@"(?<host>127\.0\.0\.1:\d+)|(?<size>""file_size"": \d+)|\b[0-9a-f]{32}\b|[0-9a-f]{8}-[0-9a-f-]{27}|fal1\.[\w.-]+")]
    private static partial Regex Varying();
}
