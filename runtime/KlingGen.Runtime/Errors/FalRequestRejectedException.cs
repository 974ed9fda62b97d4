namespace Fal;

/// <summary>fal rejected the request as invalid (422, or another 4xx): without a change it will fail again.</summary>
public sealed class FalRequestRejectedException(string message, IReadOnlyList<FalProblem>? problems = null, Exception? innerException = null)
    : FalInvalidRequestException(message, FalPropertyPath.Fill(problems ?? []), innerException);
