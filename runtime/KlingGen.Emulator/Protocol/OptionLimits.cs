namespace Fal.Emulation;

/// <summary>Checks of options and of times that a test sets.</summary>
internal static class OptionLimits
{
    /// <summary>The times that <see cref="IsTimer"/> allows, for messages.</summary>
    public const string TimerTimes = "from 0 to 40 days, or Timeout.InfiniteTimeSpan";

    /// <summary>The longest time of one timer; the base library allows about 49 days.</summary>
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>Whether a timer can have this time.</summary>
    public static bool IsTimer(TimeSpan time) => time == Timeout.InfiniteTimeSpan || (time >= TimeSpan.Zero && time <= LongestTimer);

    /// <exception cref="ArgumentException">The option is not valid; the message names it.</exception>
    public static void Require(bool isValid, string option, object? value, string allowed)
    {
        if (isValid) return;
        var given = value is null ? "" : FormattableString.Invariant($", not {value}");
        throw new ArgumentException($"FalEmulatorOptions.{option} must be {allowed}{given}.");
    }
}
