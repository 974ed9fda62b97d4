namespace Fal;

/// <summary>
/// The caller's token was cancelled while a call that starts work was in progress, or while <c>RunAsync</c> waited for the
/// job. A job may be running: if its id is known, resume or cancel it; otherwise check the account's recent requests before
/// sending the request again.
/// </summary>
public sealed class FalSubmitCancelledException : OperationCanceledException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public FalSubmitCancelledException(string message, CancellationToken cancellationToken, Exception? innerException = null)
        : base(message, innerException, cancellationToken)
    {
    }

    /// <summary>What happened and what to do next, with the endpoint and the request if known.</summary>
    public override string Message => FalException.Describe(base.Message, EndpointId, RequestId);

    /// <summary>The endpoint that was called, if known.</summary>
    public string? EndpointId { get; init; }

    /// <summary>fal's id of the job; null if it was not received.</summary>
    public string? RequestId { get; init; }

    /// <summary>The token with which the job can be resumed; null if its id was not received.</summary>
    public FalJobToken? Token { get; init; }

    internal static FalSubmitCancelledException DuringSubmit(string? requestId, CancellationToken cancellationToken)
        => new("The call was cancelled after the request may have reached fal. " + OutcomeAdvice.For(requestId), cancellationToken)
        {
            RequestId = requestId,
        };
}
