namespace Fal;

/// <summary>Whether a failed call cost nothing. Linked into the tool, so that both give reservations back by one rule.</summary>
internal static class UnchargedCall
{
    /// <summary>Nothing was sent, or fal refused to make a job. Everything else may have been charged.</summary>
    public static bool Is(Exception exception)
        => exception is FalValidationException or FalCostLimitException
            || (exception is FalException { RequestId: null, Token: null } failure and not FalOutcomeUnknownException
                && (failure is FalUnavailableException || failure.StatusCode >= 400));
}
