using System.Diagnostics;
using System.Text.Json;
using Fal.Wire;

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
        Kind = FalJsonText.StringOf(json, "type") switch
        {
            "submit" => FalWorkflowEventKind.Submit,
            "completion" => FalWorkflowEventKind.Completion,
            "output" => FalWorkflowEventKind.Output,
            "error" => FalWorkflowEventKind.Error,
            _ => FalWorkflowEventKind.Unknown,
        },
        NodeId = FalJsonText.StringOf(json, "node_id"),
        EndpointId = FalJsonText.StringOf(json, "app_id"),
        RequestId = FalJsonText.StringOf(json, "request_id"),
        Output = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("output", out var output) ? output : null,
        Json = json,
    };
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
