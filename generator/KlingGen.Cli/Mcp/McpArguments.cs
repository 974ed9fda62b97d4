using System.Text.Json;
using System.Text.Json.Nodes;

namespace KlingGen.Cli.Mcp;

/// <summary>A request that is not sent because of its values.</summary>
internal sealed class McpRefusal(string message, IReadOnlyList<string> problems) : Exception(message)
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>The arguments of a tool. The protocol's library does not compare them with the schema, so this does.</summary>
internal sealed class McpArguments
{
    private readonly IDictionary<string, JsonElement> _values;

    /// <exception cref="ToolException">There is one that the tool does not have.</exception>
    public McpArguments(IDictionary<string, JsonElement>? values, string schema)
    {
        _values = values ?? new Dictionary<string, JsonElement>();
        using var document = JsonDocument.Parse(schema);
        string[] known = [.. document.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
        if (_values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new ToolException($"'{unknown}' is not an argument of this tool; its arguments are {string.Join(", ", known)}.");
    }

    public string Text(string name) => OptionalText(name) ?? throw new ToolException($"The argument '{name}' is required.");

    public string? OptionalText(string name)
        => !_values.TryGetValue(name, out var value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString() : throw new ToolException($"The argument '{name}' is a string.");

    public int Integer(string name, int fallback, int maximum)
        => !_values.TryGetValue(name, out var value) ? fallback
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= maximum ? number
            : throw new ToolException($"The argument '{name}' is an integer from 1 to {maximum}.");

    public JsonObject Object(string name)
        => _values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Object ? JsonObject.Create(value.Clone())!
            : throw new ToolException($"The argument '{name}' is required, as an object.");
}
