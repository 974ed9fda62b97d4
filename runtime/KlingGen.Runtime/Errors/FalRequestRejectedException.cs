namespace Fal;

/// <summary>fal answered that the request itself is wrong (422, or another 4xx): sent again unchanged it fails again.</summary>
public sealed class FalRequestRejectedException : FalInvalidRequestException
{
    /// <summary>Creates the error.</summary>
    public FalRequestRejectedException(string message, IReadOnlyList<FalProblem>? problems = null, Exception? innerException = null)
        : base(message, FalPropertyPath.Fill(problems ?? []), innerException)
    {
        IsTransient = false;
    }
}
