namespace Fal;

/// <summary>The local checks refused the request before it was sent: nothing was sent, nothing is charged.</summary>
public sealed class FalValidationException(IReadOnlyList<FalProblem> problems)
    : FalInvalidRequestException(Headline(problems), FalPropertyPath.Fill(problems), null)
{
    private static string Headline(IReadOnlyList<FalProblem> problems)
        => Invariant($"The request was not sent: it has {(problems.Count == 1 ? "a problem" : $"{problems.Count} problems")}.");
}
