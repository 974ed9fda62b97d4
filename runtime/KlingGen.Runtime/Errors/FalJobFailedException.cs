namespace Fal;

/// <summary>
/// The job ran and ended without a result. <see cref="FalException.ErrorType"/>, <see cref="FalException.StatusCode"/> and
/// <see cref="FalException.ResponseBody"/> have the values of fal's answer.
/// </summary>
public sealed class FalJobFailedException(string message, Exception? innerException = null)
    : FalException(message, innerException)
{
    /// <summary>The model's details, if it sent any.</summary>
    public IReadOnlyList<FalProblem> Problems { get; init; } = [];

    /// <summary>The log lines of the model before it failed; empty if logs were not requested.</summary>
    public IReadOnlyList<FalLogLine> Logs { get; internal set; } = [];

    internal static string NextStep(bool? transient) => transient switch
    {
        true => "It may succeed when submitted again, which is a new payment.",
        false => "Change the request before you submit it again; unchanged, it fails again.",
        null => "Read Problems and Logs for the cause; a new submit is a new payment.",
    };
}
