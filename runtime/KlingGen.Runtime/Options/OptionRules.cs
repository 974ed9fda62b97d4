namespace Fal;

/// <summary>Refuses values of options that cannot work, with the name of the option.</summary>
internal static class OptionRules
{
    /// <exception cref="ArgumentException">The rule does not hold.</exception>
    public static void Require(bool holds, string name, string rule)
    {
        if (!holds) throw new ArgumentException($"{name} must be {rule}.");
    }

    /// <summary>Requires a time limit that a timer of .NET can measure, whose maximum is about 49 days; null is no limit.</summary>
    /// <exception cref="ArgumentException">The time is not positive, or too long.</exception>
    public static void RequireLimit(TimeSpan? limit, string name)
        => Require(limit is null || (limit > TimeSpan.Zero && limit <= TimeSpan.FromDays(45)), name, "more than zero and at most 45 days");
}
