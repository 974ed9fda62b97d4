using System;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace KlingGen.Checks;

/// <summary>
/// Matches strings with the patterns of documents. A pattern is foreign code: it runs on the backtracking engine with a match timeout, which is
/// short where the engine that needs linear time can take over. A match that times out has no result, and no result is no violation.
/// </summary>
internal static class PatternMatcher
{
    /// <summary>The match timeout of the backtracking engine where no other engine can run the pattern.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    // A pattern that needs longer is given to the engine without backtracking, so a busy machine costs time and no result.
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromMilliseconds(10);

    // RegexOptions.NonBacktracking, which netstandard2.0 does not name. An editor may run on a framework without that engine.
    private const RegexOptions NonBacktracking = (RegexOptions)1024;

    private static readonly bool HasNonBacktracking = Enum.IsDefined(typeof(RegexOptions), NonBacktracking);

    // One engine per pattern of the documents in use: to construct one costs far more than a match.
    private static readonly ConcurrentDictionary<string, Regex?> Engines = new(StringComparer.Ordinal);

    /// <summary>Whether .NET understands the pattern.</summary>
    public static bool IsSupported(string pattern) => Find(pattern) is not null;

    /// <returns>Null if the pattern is not supported or the match timed out.</returns>
    public static bool? IsMatch(string pattern, string value)
    {
        if (Find(pattern) is not { } engine) return null;
        return TryMatch(engine, value) ?? (engine.MatchTimeout == FirstTimeout ? TryMatch(ReplaceEngine(pattern), value) : null);
    }

    private static bool? TryMatch(Regex engine, string value)
    {
        try
        {
            return engine.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // The engine without backtracking takes many times as long to construct, and most patterns never need it.
    private static Regex? Find(string pattern) => Engines.GetOrAdd(pattern, static pattern => TryCreate(pattern, RegexOptions.None, FirstTimeout));

    private static Regex ReplaceEngine(string pattern)
        => Engines[pattern] = (HasNonBacktracking ? TryCreate(pattern, NonBacktracking, Regex.InfiniteMatchTimeout) : null)
            ?? new Regex(pattern, RegexOptions.CultureInvariant, Timeout);

    private static Regex? TryCreate(string pattern, RegexOptions options, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.CultureInvariant, timeout);
        }
        catch (Exception ex) when (ex is NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
