using System;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace KlingGen.Analyzers;

/// <summary>
/// The pattern that a text must contain. The check at run time uses the linear engine and leaves what that cannot run to the server; here too such a pattern is silent.
/// </summary>
internal sealed class PatternConstraint(string pattern)
{
    // RegexOptions.NonBacktracking, which netstandard2.0 does not name. An editor may run on a framework that has no such engine.
    private const RegexOptions Linear = (RegexOptions)1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    // What the linear engine refuses: looking around, atomic groups, conditions, references back to what was matched.
    private static readonly Regex Backtracks = new(@"\(\?(?:[=!>(]|<[=!])|\\[1-9k]", RegexOptions.CultureInvariant);

    // Asking for the name is free; to make an engine in order to see whether there is one costs a build more than all its matches.
    private static readonly bool HasLinear = Enum.IsDefined(typeof(RegexOptions), Linear);

    // Compilations come and go, and an engine costs far more than a match. There are as many as documents have patterns.
    private static readonly ConcurrentDictionary<string, Regex?> Engines = new(StringComparer.Ordinal);

    private readonly Lazy<Regex?> _engine = new(() => Engines.GetOrAdd(pattern, Engine));

    /// <returns>What is wrong, in the words that follow the member's name; null if nothing is, or nobody can say.</returns>
    public string? Judge(string value)
    {
        try
        {
            return _engine.Value?.IsMatch(value) == false ? $"must match the pattern {pattern}, not {Wording.Quote(value)}" : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex? Engine(string pattern)
    {
        try
        {
            return HasLinear ? new Regex(pattern, Linear | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout)
                : Backtracks.IsMatch(pattern) ? null
                : new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
        catch (Exception notOurs) when (notOurs is NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
