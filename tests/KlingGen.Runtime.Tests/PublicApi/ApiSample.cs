using System.ComponentModel;

namespace Fal.Tests.PublicApi;

#pragma warning disable CA1000, CA1010, CA1045, CA1041, CA1051, CA1063, CA1816, CA1711, CA1021, CA1710, CA2211, CS0067, CA1070, CA1030, CA1716

/// <summary>One of everything that a listing has to show.</summary>
public abstract class ApiSample<T> : List<string>, IDisposable
    where T : class, IComparable<T>, new()
{
    public const int Limit = 3;

    public static readonly string? Shared = Environment.MachineName;

    protected ApiSample(string? text = "a\"b", CancellationToken token = default) => _ = (text, token);

    private protected ApiSample(int hidden) => _ = hidden;

    public event EventHandler? Changed;

    public required IReadOnlyList<string?>? Names { get; init; }

    protected virtual int? Protected => null;

    public new string this[int index] { get => ""; protected set => _ = (index, value); }

    public abstract Dictionary<string, T?> Map(in int a, ref string b, out object? c);

    public static TOther? Make<TOther>(Func<T?, Task<TOther?>> make, double scale = 0.5)
        where TOther : struct => default;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public (string Name, (int, T? Inner) Pair)[] Tuples(params (string Name, bool Given)[] fields) => [];

    [Obsolete("old")]
    public void Old()
    {
    }

    public void Dispose()
    {
    }

    public override string ToString() => "";

    internal void Hidden()
    {
    }
}
