namespace Fal.Wire;

// Rules over several members of one object. A member is its wire name and whether it is given.
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

    /// <summary>One of the members is given, or none.</summary>
    public void AtMostOne(params (string Name, bool Given)[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
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

    /// <summary>A member that must not be given with another.</summary>
    public void Excludes(string name, bool given, string other, bool otherGiven)
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

    /// <summary>A limit on the sum over a list.</summary>
    public void SumAtMost(string name, double sum, double max)
    {
        if (sum > max)
            Wrong(name, "less_than_equal", $"must add up to at most {Text(max)}, not {Text(sum)}", "le", Text(max));
    }

    /// <summary>Two numbers in order, <paramref name="to"/> at least <paramref name="atLeast"/> after <paramref name="from"/>.</summary>
    public void After(string earlier, double? from, string later, double? to, double atLeast = 0)
    {
        if (to - from >= atLeast || to is null || from is null)
            return;
        var distance = atLeast > 0 ? $"at least {Text(atLeast)} greater than" : "at least";
        Wrong(later, "greater_than_equal", $"must be {distance} '{PathOf(earlier)}' ({Text(from.Value)}), not {Text(to.Value)}", "ge", Text(from.Value + atLeast));
    }
}
