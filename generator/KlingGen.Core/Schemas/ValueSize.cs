using KlingGen.Json;
using KlingGen.Model;

namespace KlingGen.Schemas;

/// <summary>How large an example or a default may be. Both are emitted as C#, and examples of nested objects multiply.</summary>
internal static class ValueSize
{
    public const int MaxValues = 2_000;
    public const int MaxCharacters = 64 * 1024;
    public const int MaxLevels = 32;

    /// <summary>The limit that a value breaks, as part of a sentence; null if it breaks none.</summary>
    public static string? Excess(SpecNode value)
    {
        var (values, characters) = (MaxValues, MaxCharacters);
        return Count(value, MaxLevels, ref values, ref characters);
    }

    /// <inheritdoc cref="Excess(SpecNode)"/>
    public static string? Excess(ValueModel value)
    {
        var (values, characters) = (MaxValues, MaxCharacters);
        return Count(value, MaxLevels, ref values, ref characters);
    }

    private static string? Count(SpecNode value, int levels, ref int values, ref int characters)
    {
        if (Excess(levels, --values, characters -= value.Text.Length) is { } excess) return excess;
        foreach (var item in value.Items)
        {
            if (Count(item, levels - 1, ref values, ref characters) is { } inner) return inner;
        }

        foreach (var member in value.Members)
        {
            characters -= member.Name.Length;
            if (Count(member.Value, levels - 1, ref values, ref characters) is { } inner) return inner;
        }

        return null;
    }

    private static string? Count(ValueModel value, int levels, ref int values, ref int characters)
    {
        var isContainer = value.Items.Count > 0 || value.Members.Count > 0;
        if (Excess(levels, --values, characters -= isContainer ? 0 : value.Text.Length) is { } excess) return excess;
        foreach (var item in value.Items)
        {
            if (Count(item, levels - 1, ref values, ref characters) is { } inner) return inner;
        }

        foreach (var member in value.Members)
        {
            if (Count(member.Value, levels - 1, ref values, ref characters) is { } inner) return inner;
        }

        return null;
    }

    private static string? Excess(int levels, int values, int characters)
    {
        if (values < 0) return Text.Literal.Digits(MaxValues) + " values";
        if (characters < 0) return Text.Literal.Digits(MaxCharacters) + " characters";
        return levels < 0 ? Text.Literal.Digits(MaxLevels) + " levels" : null;
    }
}
