using System.Globalization;
using System.Text;

namespace Fal.Emulation;

/// <summary>
/// Replaces JSON escapes of unpaired surrogates (<c>\ud800</c>). They are valid JSON but not valid Unicode: parsers differ,
/// and some throw. Each becomes the replacement character.
/// </summary>
internal static class HalfSurrogates
{
    private const string Replacement = @"\ufffd";
    private const int EscapeLength = 6;

    /// <summary>Replaces every unpaired escape; returns the same string if there is none.</summary>
    public static string Replace(string json)
    {
        if (!json.Contains(@"\u", StringComparison.OrdinalIgnoreCase)) return json;
        var text = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\' || i + 1 == json.Length)
            {
                text.Append(json[i]);
                continue;
            }
            if (Unit(json, i) is not { } unit)
            {
                text.Append(json, i++, 2);
                continue;
            }
            var isPair = char.IsHighSurrogate(unit) && Unit(json, i + EscapeLength) is { } next && char.IsLowSurrogate(next);
            if (isPair) text.Append(json, i, 2 * EscapeLength);
            else if (char.IsSurrogate(unit)) text.Append(Replacement);
            else text.Append(json, i, EscapeLength);
            i += (isPair ? 2 * EscapeLength : EscapeLength) - 1;
        }
        return text.ToString();
    }

    private static char? Unit(string json, int at)
        => at + EscapeLength <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
            && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit
            : null;
}
