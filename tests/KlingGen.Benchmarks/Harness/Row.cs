namespace KlingGen.Benchmarks;

/// <summary>One row of the report: a name for <c>--only</c> and the page's markers, and what measures it.</summary>
/// <param name="Name">The name, in lower case.</param>
/// <param name="Measure">Measures in this process, or in child processes that it starts.</param>
internal sealed record Row(string Name, Func<Sitting, Task<IReadOnlyList<Figure>>> Measure)
{
    /// <summary>The part that runs in a process of its own (<see cref="Child"/>); it returns the numbers that the parent reads.</summary>
    public Func<string[], Task<double[]>>? InChild { get; init; }
}

/// <summary>A row cannot be measured on this machine.</summary>
internal sealed class NotRunException(string reason) : Exception(reason);
