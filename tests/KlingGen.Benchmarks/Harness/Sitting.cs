namespace KlingGen.Benchmarks;

/// <summary>One run of the command.</summary>
/// <param name="RoundsAsked">How many rounds each row has; null for each row's own number.</param>
internal sealed record Sitting(int? RoundsAsked)
{
    /// <summary>How many rounds a row has.</summary>
    public int Rounds(int usual) => RoundsAsked ?? usual;

    /// <summary>Measures several sides in turn, so that all of them meet the machine in the same state. Each side returns its quantities.</summary>
    /// <returns>For each side, a sample for each quantity.</returns>
    public async Task<Sample[][]> AlternateAsync(int usual, params Func<Task<double[]>>[] sides)
    {
        var runs = sides.Select(_ => new List<double[]>()).ToArray();
        for (var round = 0; round < Rounds(usual); round++)
        {
            for (var side = 0; side < sides.Length; side++) runs[side].Add(await sides[side]());
        }
        return [.. runs.Select(side => side[0].Select((_, i) => new Sample([.. side.Select(values => values[i])])).ToArray())];
    }

    /// <summary>The same for code that can be called again and again: the time of a call in microseconds, and the bytes that it allocates.</summary>
    public Task<Sample[][]> AlternateCallsAsync(int usual, params Action[] sides) => AlternateCallsAsync(usual, CallTimer.Slice, sides);

    /// <summary>The same in slices of this length.</summary>
    public Task<Sample[][]> AlternateCallsAsync(int usual, TimeSpan slice, params Action[] sides)
    {
        foreach (var side in sides) CallTimer.Warm(side);
        return AlternateAsync(usual, [.. sides.Select(side => (Func<Task<double[]>>)(() => Task.FromResult(CallTimer.Measure(side, slice))))]);
    }
}
