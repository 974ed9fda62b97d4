using System;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace KlingGen.Checks;

/// <summary>
/// Matches strings with the patterns of documents. A pattern is foreign code: it runs on the engine that needs linear time, and where that engine
/// does not support it, on the backtracking engine with a match timeout. A match that times out has no result, and no result is no violation.
/// </summary>
internal static class PatternMatcher
{
    /// <summary>The match timeout of the backtracking engine.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

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
        try
        {
            return Find(pattern)?.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex? Find(string pattern) => Engines.GetOrAdd(pattern, Create);

    private static Regex? Create(string pattern)
    {
        if (HasNonBacktracking && TryCreate(pattern, NonBacktracking, Regex.InfiniteMatchTimeout) is { } linear) return linear;
        return TryCreate(pattern, RegexOptions.None, Timeout);
    }

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
