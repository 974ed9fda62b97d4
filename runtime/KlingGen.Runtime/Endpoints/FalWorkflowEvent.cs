using System.Diagnostics;
using System.Text.Json;

namespace Fal;

/// <summary>An event in the stream of a workflow (an id that begins with <c>workflows/</c>). An error event is an exception instead.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalWorkflowEvent
{
    private FalWorkflowEvent()
    {
    }

    /// <summary>The kind of the event.</summary>
    public FalWorkflowEventKind Kind { get; private init; }

    /// <summary>The node of the workflow; null if the event has none.</summary>
    public string? NodeId { get; private init; }

    /// <summary>The endpoint that the node runs; null if the event has none.</summary>
    public string? EndpointId { get; private init; }

    /// <summary>The node's own request id; null if the event has none.</summary>
    public string? RequestId { get; private init; }

    /// <summary>The output of the node, or of the workflow; null if the event has none.</summary>
    public JsonElement? Output { get; private init; }

    /// <summary>The complete event.</summary>
    public JsonElement Json { get; private init; }

    /// <summary>The kind and the node.</summary>
    public override string ToString() => NodeId is null ? $"{Kind}" : $"{Kind} {NodeId}";

    internal static FalWorkflowEvent From(JsonElement json) => new()
    {
        Kind = Text(json, "type") switch
        {
            "submit" => FalWorkflowEventKind.Submit,
            "completion" => FalWorkflowEventKind.Completion,
            "output" => FalWorkflowEventKind.Output,
            "error" => FalWorkflowEventKind.Error,
            _ => FalWorkflowEventKind.Unknown,
        },
        NodeId = Text(json, "node_id"),
        EndpointId = Text(json, "app_id"),
        RequestId = Text(json, "request_id"),
        Output = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("output", out var output) ? output : null,
        Json = json,
    };

    internal static string? Text(JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <summary>The kind of a workflow's event.</summary>
public enum FalWorkflowEventKind
{
    /// <summary>A kind of a later version.</summary>
    Unknown,

    /// <summary>A node was submitted.</summary>
    Submit,

    /// <summary>A node has completed with an output.</summary>
    Completion,

    /// <summary>The workflow has completed with an output.</summary>
    Output,

    /// <summary>A node failed, and the workflow with it.</summary>
    Error,
}
