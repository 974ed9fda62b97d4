using System.Globalization;
using KlingGen.Checks;

namespace Fal.Wire;

/// <summary>Texts cut to what a person wants to see.</summary>
internal static class FalDisplayText
{
    private const int LongestText = 4096;
    private const int DataUriHead = 48;

    /// <summary>A data URI to its first characters, any other text to what fits a screen.</summary>
    public static string Shorten(string text)
    {
        var keep = text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? DataUriHead : LongestText;
        return text.Length <= keep + 16 ? text : $"{ValueText.Cut(text, keep)}… ({text.Length.ToString(CultureInfo.InvariantCulture)} characters)";
    }

    /// <summary>A value for a message: in quotes, on one line, cut after a few words.</summary>
    public static string Quote(string text) => ValueText.Quote(text);

    /// <summary>A byte for a message: as a character where it is one.</summary>
    public static string Quote(byte value) => value is >= 0x20 and < 0x7F ? $"'{(char)value}'" : $"0x{value:X2}";

    /// <summary>The first words of a value.</summary>
    public static string Abridge(string text) => ValueText.Abridge(text);
}
