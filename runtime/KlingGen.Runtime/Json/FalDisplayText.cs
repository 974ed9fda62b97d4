using System.Globalization;
using KlingGen.Checks;

namespace Fal.Wire;

/// <summary>Shortens strings for display.</summary>
internal static class FalDisplayText
{
    private const int LongestText = 4096;
    private const int DataUriHead = 48;

    /// <summary>Shortens a data URI to its first characters, any other string to a maximum length.</summary>
    public static string Shorten(string text)
    {
        var keep = text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? DataUriHead : LongestText;
        return text.Length <= keep + 16 ? text : $"{ValueText.Cut(text, keep)}… ({text.Length.ToString(CultureInfo.InvariantCulture)} characters)";
    }
}
