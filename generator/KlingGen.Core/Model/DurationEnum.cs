using System;

namespace KlingGen.Model;

/// <summary>Recognizes enums of durations in seconds, such as <c>5</c> and <c>10s</c>.</summary>
internal static class DurationEnum
{
    /// <summary>Every value is a number of seconds: numbers with an <c>s</c>, or numbers of an enum that is named after a duration.</summary>
    public static bool IsSeconds(EnumModel model)
    {
        var isNamed = IsDuration(model.Name) || (model.Owner is { } owner && IsDuration(owner.Substring(owner.IndexOf('.') + 1)));
        foreach (var value in model.Values)
        {
            var hasUnit = value.Wire.EndsWith("s", StringComparison.Ordinal);
            if (!(hasUnit || isNamed) || !IsNumber(hasUnit ? value.Wire.Substring(0, value.Wire.Length - 1) : value.Wire)) return false;
        }

        return model.Values.Count > 0;
    }

    private static bool IsDuration(string name)
        => name.IndexOf("Duration", StringComparison.Ordinal) >= 0 || name.IndexOf("Seconds", StringComparison.Ordinal) >= 0;

    // Digits and at most one point: what the runtime reads as a number.
    private static bool IsNumber(string text)
    {
        var points = 0;
        foreach (var c in text)
        {
            if (c == '.') points++;
            else if (c is < '0' or > '9') return false;
        }

        return points <= 1 && text.Length > points && text[0] != '.' && text[text.Length - 1] != '.';
    }
}
