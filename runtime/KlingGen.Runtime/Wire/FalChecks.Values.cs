using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using KlingGen.Checks;

namespace Fal.Wire;

public sealed partial class FalChecks
{
    /// <summary>Checks that a property has a value. An empty string is a value.</summary>
    public void Required(string name, object? value)
    {
        if (value is null)
            Report(name, new Violation("missing", "is required"));
    }

    /// <summary>Checks the length of a string in Unicode code points, as the server counts.</summary>
    public void Length(string name, string? value, int min = 0, int max = int.MaxValue)
    {
        if (value is not null)
            Report(name, ValueRules.Length(value, min, max));
    }

    /// <summary>Checks that a pattern matches a string anywhere.</summary>
    /// <remarks>
    /// Patterns run in linear time, or with a match timeout if they need backtracking. After a timeout, only the server
    /// checks the pattern.
    /// </remarks>
    public void Pattern(string name, string? value, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        if (value is not null)
            Report(name, ValueRules.Pattern(value, pattern));
    }

    /// <summary>Checks the range of an integer.</summary>
    public void Integer(string name, Int128? value, Int128? min = null, Int128? max = null, Int128? multipleOf = null)
    {
        if (value is { } given)
            Report(name, ValueRules.Integer(given, (BigInteger?)min, (BigInteger?)max, (BigInteger?)multipleOf));
    }

    /// <summary>Checks the range of a number: <paramref name="min"/> and <paramref name="max"/> are inclusive,
    /// <paramref name="above"/> and <paramref name="below"/> are exclusive.</summary>
    public void Number(
        string name,
        double? value,
        double min = double.NegativeInfinity,
        double max = double.PositiveInfinity,
        double above = double.NegativeInfinity,
        double below = double.PositiveInfinity,
        double multipleOf = 0)
    {
        if (value is { } given)
            Report(name, ValueRules.Number(given, min, max, above, below, multipleOf));
    }

    /// <summary>Checks that an enum has a value.</summary>
    /// <param name="name">The property.</param>
    /// <param name="value">The value: of a C# enum, or of a structure around a string. Null passes.</param>
    /// <param name="table">The values of the enum.</param>
    public void Defined<T>(string name, T? value, FalEnumTable<T> table)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!table.Has(value))
            Undefined(name, value.GetValueOrDefault(), table.Wires);
    }

    private void Undefined(string name, object value, string[] words)
    {
        if (value is not Enum)
        {
            var word = value.ToString() ?? "";
            Report(name, ValueRules.Undefined(word, ValueText.Quote(word), words));
            return;
        }

        // An enum value without a name is formatted as a number in the thread's culture.
        var number = Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        Report(name, ValueRules.Undefined(number, $"({value.GetType().Name}){number}", words));
    }

    /// <summary>Reports the value of a union that matches none of the union's types.</summary>
    public void UnknownShape(string name)
        => Report(name, new Violation("union_shape", "must match one of the allowed types"));

    /// <summary>Checks a URL: absolute, http or https, or a data URI.</summary>
    public void Url(string name, string? value)
    {
        if (value is not null)
            Report(name, ValueRules.Url(value));
    }
}
