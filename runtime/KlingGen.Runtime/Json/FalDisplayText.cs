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

    /// <summary>Formats a value for a message: in quotes, on one line, shortened.</summary>
    public static string Quote(string text) => ValueText.Quote(text);

    /// <summary>Formats a byte for a message: as a character if it is printable.</summary>
    public static string Quote(byte value) => value is >= 0x20 and < 0x7F ? $"'{(char)value}'" : $"0x{value:X2}";

    /// <summary>Shortens a value to its beginning.</summary>
    public static string Abridge(string text) => ValueText.Abridge(text);
}
