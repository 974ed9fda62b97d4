using System.Text.Json;
using KlingGen.Cli.Documents;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ListedTool = ModelContextProtocol.Protocol.Tool;

namespace KlingGen.Cli.Mcp;

/// <summary>The tools over the Model Context Protocol, on standard input and output. It ends when standard input does.</summary>
internal static class McpHost
{
    public static async Task RunAsync(McpTools tools, CancellationToken cancellation)
    {
        ListedTool[] listed = [.. tools.All.Select(Listed)];
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "klinggen", Version = SpecSet.Version },
            ServerInstructions = tools.Instructions,
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = listed }),
                CallToolHandler = async (request, stop) =>
                {
                    var name = request.Params?.Name ?? "";
                    var answer = await tools.CallAsync(name, request.Params?.Arguments, stop).ConfigureAwait(false)
                        ?? throw new McpProtocolException($"There is no tool '{name}'.", McpErrorCode.InvalidParams);
                    return new CallToolResult
                    {
                        IsError = answer.IsError,
                        Content = [new TextContentBlock { Text = answer.Json.ToJsonString() }],
                        StructuredContent = JsonSerializer.SerializeToElement(answer.Json),
                    };
                },
            },
        };
        await using var transport = new StdioServerTransport(options);
        await using var server = McpServer.Create(transport, options);
        await server.RunAsync(cancellation).ConfigureAwait(false);
    }

    private static ListedTool Listed(McpTool tool)
    {
        using var schema = JsonDocument.Parse(tool.InputSchema);
        return new ListedTool
        {
            Name = tool.Name,
            Description = tool.Description,
            InputSchema = schema.RootElement.Clone(),
            Annotations = new ToolAnnotations
            {
                ReadOnlyHint = tool.IsReadOnly,
                DestructiveHint = tool.Name == "cancel",
                OpenWorldHint = !tool.IsReadOnly,
            },
        };
    }
}
