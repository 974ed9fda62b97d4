namespace Fal;

/// <summary>
/// Decides whether a failed call was free of charge. Linked into the tool, so that both release reservations by the same rule.
/// </summary>
internal static class UnchargedCall
{
    /// <summary>True if nothing was sent, or fal refused to create a job. Every other failed call may have been charged.</summary>
    public static bool Is(Exception exception)
        => exception is FalValidationException or FalCostLimitException
            || (exception is FalException { RequestId: null, Token: null } failure and not FalOutcomeUnknownException
                && (failure is FalUnavailableException || failure.StatusCode >= 400));
}
