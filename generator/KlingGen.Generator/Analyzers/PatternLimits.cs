using System;
using System.Text.RegularExpressions;

namespace KlingGen.Analyzers;

/// <summary>
/// The pattern that a text must contain. The check at run time uses the linear engine and leaves what that cannot run to the server; here too such a pattern is silent.
/// </summary>
internal sealed class PatternLimits(string pattern)
{
    // RegexOptions.NonBacktracking, which netstandard2.0 does not name. An editor may run on a framework that has no such engine.
    private const RegexOptions Linear = (RegexOptions)1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    // What the linear engine refuses: looking around, atomic groups, conditions, references back to what was matched.
    private static readonly Regex Backtracks = new(@"\(\?(?:[=!>(]|<[=!])|\\[1-9k]", RegexOptions.CultureInvariant);

    /// <returns>What is wrong, in the words that follow the member's name; null if nothing is, or nobody can say.</returns>
    public string? Judge(string value)
    {
        try
        {
            return IsMatch(value) ? null : $"must match the pattern {pattern}, not {Wording.Quote(value)}";
        }
        catch (Exception unable) when (unable is RegexMatchTimeoutException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The class itself keeps the patterns used last, across compilations: an engine costs far more than a match.</summary>
    private bool IsMatch(string value)
    {
        try
        {
            return Regex.IsMatch(value, pattern, Linear | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
        }
        catch (ArgumentOutOfRangeException)
        {
            return Backtracks.IsMatch(pattern) || Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant, Patience);
        }
    }
}
