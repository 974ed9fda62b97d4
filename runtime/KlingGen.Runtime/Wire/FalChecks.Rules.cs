namespace Fal.Wire;

// Cross-field rules of one object. A member is its wire name and whether it is given.
public sealed partial class FalChecks
{
    /// <summary>One of the members is given, and no other.</summary>
    public void ExactlyOne(params (string Name, bool Given)[] fields)
    {
        AtLeastOne(fields);
        AtMostOne(fields);
    }

    /// <summary>One of the members is given, or more.</summary>
    public void AtLeastOne(params (string Name, bool Given)[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (!fields.Any(field => field.Given))
            Add("", "missing", $"one of {List([.. fields.Select(field => PathOf(field.Name))], "or")} is required");
    }

    private void AtMostOne(params (string Name, bool Given)[] fields)
    {
        string[] given = [.. fields.Where(field => field.Given).Select(field => PathOf(field.Name))];
        if (given.Length > 1)
            Add("", "value_error", $"{List(given, "and")} exclude each other; give one of them");
    }

    /// <summary>A member that makes sense only with another.</summary>
    public void Needs(string name, bool given, string other, bool otherGiven)
    {
        if (given && !otherGiven)
            Wrong(name, "value_error", $"needs '{PathOf(other)}' as well");
    }

    /// <summary>Two members of which at most one may be given.</summary>
    public void MutuallyExclusive(string name, bool given, string other, bool otherGiven)
    {
        if (given && otherGiven)
            Wrong(name, "value_error", $"cannot be given together with '{PathOf(other)}'");
    }

    /// <summary>A limit on how many elements of a list are of some sort.</summary>
    /// <param name="name">The list.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="max">How many there may be.</param>
    /// <param name="what">The sort, in words that fit "at most 1 …": <c>element with a video</c>.</param>
    public void AtMost(string name, int count, int max, string what)
    {
        if (count > max)
            Wrong(name, "too_long", $"must have at most {Text(max)} {what}, not {Text(count)}", "max_length", Text(max));
    }

    /// <summary>The maximum sum over a list.</summary>
    public void MaxSum(string name, double sum, double max)
    {
        if (sum > max)
            Wrong(name, "less_than_equal", $"must add up to at most {Text(max)}, not {Text(sum)}", "le", Text(max));
    }

    /// <summary>A minimum difference of two numbers: <paramref name="to"/> minus <paramref name="from"/> is at least
    /// <paramref name="min"/>.</summary>
    public void MinDifference(string earlier, double? from, string later, double? to, double min = 0)
    {
        if (to - from >= min || to is null || from is null)
            return;
        var distance = min > 0 ? $"at least {Text(min)} greater than" : "at least";
        Wrong(later, "greater_than_equal", $"must be {distance} '{PathOf(earlier)}' ({Text(from.Value)}), not {Text(to.Value)}", "ge",
            Text(from.Value + min));
    }
}
