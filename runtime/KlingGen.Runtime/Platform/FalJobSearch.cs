using System.Diagnostics;

namespace Fal;

/// <summary>The candidates for the job of a submit whose outcome is unknown.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalJobSearch
{
    /// <summary>Jobs with the same endpoint and body. Two equal submits give two candidates.</summary>
    public required IReadOnlyList<FalJobToken> Candidates { get; init; }

    /// <summary>The number of requests in the window, with or without a match.</summary>
    public required int RequestsSeen { get; init; }

    /// <summary>The number of requests in the window whose input fal did not store, so that it could not be compared.</summary>
    public required int RequestsWithoutInput { get; init; }

    /// <summary>The start of the window.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The numbers of candidates and of requests in the window.</summary>
    public override string ToString() => Candidates.Count == 0
        ? FormattableString.Invariant($"no candidate among {RequestsSeen} requests since {Start:u}")
        : FormattableString.Invariant($"{Candidates.Count} of {RequestsSeen} requests since {Start:u}");
}
