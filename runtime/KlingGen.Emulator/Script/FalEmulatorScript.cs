using System.Text.Json;
using KlingGen.Planning;

namespace Fal.Emulation;

/// <summary>
/// Decides what becomes of each job. Get it from <see cref="FalEmulator.Script"/>; it can be changed while the emulator runs, and holds for what is
/// submitted afterwards.
/// </summary>
public sealed class FalEmulatorScript
{
    private readonly object _lock = new();
    private readonly List<Rule> _rules = [];
    private readonly List<(string Pattern, FalEmulatedRun Run)> _next = [];

    internal FalEmulatorScript()
    {
    }

    /// <summary>Every job of the endpoints that the pattern names runs like this. Where several patterns fit, the one given last holds.</summary>
    /// <param name="endpoints">An endpoint id, or a pattern: <c>*</c> stands for anything within one part, <c>**</c> for any number of parts.</param>
    /// <param name="run">What becomes of the jobs.</param>
    public void For(string endpoints, FalEmulatedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Checked();
        For(endpoints, _ => run);
    }

    /// <summary>Every job of the endpoints that the pattern names runs as its request deserves: the function is given the request's JSON.</summary>
    /// <param name="endpoints">An endpoint id or a pattern.</param>
    /// <param name="run">Looks at the request and says what becomes of it.</param>
    public void For(string endpoints, Func<JsonElement, FalEmulatedRun> run)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(run);
        lock (_lock) _rules.Add(new Rule(endpoints, run));
    }

    /// <summary>
    /// The next job of the endpoints that the pattern names runs like this, once; calls line up behind each other. This goes before
    /// <see cref="For(string, FalEmulatedRun)"/>.
    /// </summary>
    /// <param name="run">What becomes of the job.</param>
    /// <param name="endpoints">An endpoint id or a pattern; any endpoint unless given.</param>
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
        // Foreign code, so not under the lock.
        return rule?.Choose(input).Checked() ?? FalEmulatedRun.Default;
    }

    private sealed record Rule(string Pattern, Func<JsonElement, FalEmulatedRun> Choose);
}
