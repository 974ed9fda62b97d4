using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>A value in a list or a map.</summary>
/// <param name="key">Its index or key; null where that is not known.</param>
/// <param name="value">Null where the compiler does not tell.</param>
internal readonly struct ElementValue(string? key, IOperation? value)
{
    public string? Key => key;

    public IOperation? Value => value;
}
