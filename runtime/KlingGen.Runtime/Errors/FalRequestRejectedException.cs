namespace Fal;

/// <summary>fal rejected the request as invalid (422, or another 4xx): without a change it will fail again.</summary>
public sealed class FalRequestRejectedException : FalInvalidRequestException
{
    /// <summary>Creates the error.</summary>
    public FalRequestRejectedException(string message, IReadOnlyList<FalProblem>? problems = null, Exception? innerException = null)
        : base(message, FalPropertyPath.Fill(problems ?? []), innerException)
    {
        IsTransient = false;
    }
}
