using System.Globalization;
using KlingGen.Checks;

namespace Fal.Wire;

// Cross-field rules of one object. A property is a wire name and whether it has a value.
public sealed partial class FalChecks
{
    /// <summary>Checks that exactly one of the properties has a value.</summary>
    public void ExactlyOne(params (string Name, bool Given)[] fields)
    {
        AtLeastOne(fields);
        string[] given = [.. fields.Where(field => field.Given).Select(field => PathOf(field.Name))];
        if (given.Length > 1)
            ReportObject(CrossFieldMessages.ExactlyOne(given));
    }

    /// <summary>Checks that at least one of the properties has a value.</summary>
    public void AtLeastOne(params (string Name, bool Given)[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (!fields.Any(field => field.Given))
            ReportObject(CrossFieldMessages.AtLeastOne([.. fields.Select(field => PathOf(field.Name))]));
    }

    /// <summary>Checks that a property has a value only if the other one has.</summary>
    public void Needs(string name, bool given, string other, bool otherGiven)
    {
        if (given && !otherGiven)
            Report(name, CrossFieldMessages.Needs(PathOf(other)));
    }

    /// <summary>Checks that at most one of two properties has a value.</summary>
    public void MutuallyExclusive(string name, bool given, string other, bool otherGiven)
    {
        if (given && otherGiven)
            Report(name, CrossFieldMessages.MutuallyExclusive(PathOf(other)));
    }

    /// <summary>Checks the maximum sum over a list.</summary>
    public void MaxSum(string name, double sum, double max) => Report(name, CrossFieldMessages.MaxSum(sum, max));

    /// <summary>Checks the minimum of the difference <paramref name="to"/> - <paramref name="from"/>.</summary>
    public void MinDifference(string earlier, double? from, string later, double? to, double min = 0)
    {
        if (from is { } start && to is { } end)
            Report(later, CrossFieldMessages.MinDifference(PathOf(earlier), start, end, min));
    }

    /// <summary>Checks that a property has a value if another one has a certain value.</summary>
    public void RequiredWhen(string name, bool given, string other, string? value)
    {
        if (!given)
            Report(name, CrossFieldMessages.RequiredWhen(PathOf(other), value));
    }

    /// <summary>Checks that a property has no value if another one has a certain value.</summary>
    public void NotWhen(string name, bool given, string other, string? value)
    {
        if (given)
            Report(name, CrossFieldMessages.ForbiddenWhen(PathOf(other), value));
    }

    /// <summary>Parses the number in a wire value, such as the <c>5</c> of a duration; null if it is not a number.</summary>
    public static double? NumberOf(string? word)
        => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
