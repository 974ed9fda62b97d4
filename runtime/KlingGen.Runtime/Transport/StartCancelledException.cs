namespace Fal;

/// <summary>
/// The caller's token was cancelled while a call that starts work was under way and may have arrived. To callers it is an ordinary cancellation; the
/// runtime can tell from it that a job may be running.
/// </summary>
internal sealed class StartCancelledException(string? requestId, CancellationToken token)
    : OperationCanceledException("The call was cancelled after it may have reached fal: a job may be running.", token)
{
    /// <summary>fal's id of the request, if its headers had come.</summary>
    public string? RequestId { get; } = requestId;
}
