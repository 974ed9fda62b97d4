using System.Text.Json;
using KlingGen.Planning;

namespace Fal.Emulation;

/// <summary>
/// The script that decides how each job runs. Get it from <see cref="FalEmulator.Script"/>. It can be changed while the
/// emulator runs; a change applies to later submits.
/// </summary>
public sealed class FalEmulatorScript
{
    private readonly object _lock = new();
    private readonly List<Rule> _rules = [];
    private readonly List<(string Pattern, FalEmulatedRun Run)> _next = [];

    internal FalEmulatorScript()
    {
    }

    /// <summary>Sets the run of every job of the matching endpoints. If several patterns match, the last one wins.</summary>
    /// <param name="endpoints">An endpoint id, or a pattern: <c>*</c> matches within one segment, <c>**</c> matches any
    /// number of segments.</param>
    /// <param name="run">The run of the jobs.</param>
    public void For(string endpoints, FalEmulatedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Checked();
        For(endpoints, _ => run);
    }

    /// <summary>Sets a function that chooses the run of every job of the matching endpoints from the JSON of its request.</summary>
    /// <param name="endpoints">An endpoint id or a pattern.</param>
    /// <param name="run">Returns the run for a request.</param>
    public void For(string endpoints, Func<JsonElement, FalEmulatedRun> run)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(run);
        lock (_lock) _rules.Add(new Rule(endpoints, run));
    }

    /// <summary>
    /// Sets the run of the next job of the matching endpoints, once. Several calls form a queue. It has priority over
    /// <see cref="For(string, FalEmulatedRun)"/>.
    /// </summary>
    /// <param name="run">The run of the job.</param>
    /// <param name="endpoints">An endpoint id or a pattern; any endpoint by default.</param>
    public void Next(FalEmulatedRun run, string endpoints = "**")
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(endpoints);
        lock (_lock) _next.Add((endpoints, run.Checked()));
    }

    internal FalEmulatedRun Choose(string endpointId, JsonElement input)
    {
        Rule? rule;
        lock (_lock)
        {
            var next = _next.FindIndex(planned => EndpointGlob.Matches(planned.Pattern, endpointId));
            if (next >= 0)
            {
                var run = _next[next].Run;
                _next.RemoveAt(next);
                return run;
            }
            rule = _rules.LastOrDefault(known => EndpointGlob.Matches(known.Pattern, endpointId));
        }
        // User code is called outside the lock.
        return rule?.Choose(input).Checked() ?? FalEmulatedRun.Default;
    }

    private sealed record Rule(string Pattern, Func<JsonElement, FalEmulatedRun> Choose);
}
