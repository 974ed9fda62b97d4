using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal;

public sealed partial class FalStreamedResult<TResult>
{
    private ReadOnlyMemory<byte> _output;

    private bool IsWorkflow => FalEndpointId.TryParse(_endpointId, out var id) && id.Namespace == "workflows";

    /// <summary>
    /// Sends the request and reads the events of a workflow as they arrive. <see cref="GetResultAsync"/> returns the
    /// workflow's output, which is that of the output event.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InvalidOperationException">The endpoint is not a workflow, or the stream was read before.</exception>
    /// <exception cref="FalJobFailedException">A node failed.</exception>
    public async IAsyncEnumerable<FalWorkflowEvent> ReadWorkflowAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!IsWorkflow) throw new InvalidOperationException($"'{_endpointId}' is not a workflow, whose id begins with 'workflows/'.");
        await foreach (var json in this.WithCancellation(cancellationToken).ConfigureAwait(false)) yield return FalWorkflowEvent.From(json);
    }

    /// <summary>Stores the output of a workflow, and throws an exception for its error event.</summary>
    private void ObserveWorkflow(JsonElement json)
    {
        switch (FalWorkflowEvent.From(json))
        {
            case { Kind: FalWorkflowEventKind.Output, Output: { } output }:
                _output = Encoding.UTF8.GetBytes(output.GetRawText());
                break;
            case { Kind: FalWorkflowEventKind.Error } error:
                throw WorkflowFailed(error);
        }
    }

    private FalJobFailedException WorkflowFailed(FalWorkflowEvent error)
    {
        var inner = FalJsonText.MemberOf(error.Json, "error");
        var code = FalJsonText.MemberOf(inner, "status");
        int? status = code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : null;
        var body = FalJsonText.MemberOf(inner, "body");
        var text = body.ValueKind == JsonValueKind.Undefined ? "" : body.GetRawText();
        var errorBody = FalErrorBody.Read(Encoding.UTF8.GetBytes(text), null, _client.Transport.Redact);
        var message = FalJsonText.StringOf(error.Json, "message") is { } reason ? ": " + _client.Transport.Redact(reason) : "";
        return InCall(new FalJobFailedException($"The workflow failed at its node '{error.NodeId}'{message}. {FalJobFailedException.NextStep(null)}")
        {
            StatusCode = status,
            ErrorType = errorBody.ErrorType,
            ResponseBody = errorBody.Text,
            Problems = FalPropertyPath.Fill(errorBody.Problems),
        });
    }
}
