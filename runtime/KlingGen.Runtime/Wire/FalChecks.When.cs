using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Fal.Wire;

// Rules that hold where another member has a certain value.
public sealed partial class FalChecks
{
    /// <summary>A member that must be given where another has a certain value.</summary>
    public void RequiredWhen(string name, bool given, string other, string? value)
    {
        if (!given)
            Wrong(name, "missing", $"is required when '{PathOf(other)}' is '{value}'");
    }

    /// <summary>A member that must not be given where another has a certain value.</summary>
    public void NotWhen(string name, bool given, string other, string? value)
    {
        if (given)
            Wrong(name, "value_error", $"cannot be given when '{PathOf(other)}' is '{value}'");
    }

    /// <summary>The number that a word spells, such as the <c>5</c> of a duration; null if it spells none.</summary>
    public static double? NumberOf(ReadOnlySpan<byte> word)
        => Utf8Parser.TryParse(word, out double number, out var length) && length == word.Length ? number : null;

    /// <inheritdoc cref="NumberOf(ReadOnlySpan{byte})"/>
    public static double? NumberOf(string? word)
        => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The text of a word, for messages.</summary>
    public static string TextOf(ReadOnlySpan<byte> word) => Encoding.UTF8.GetString(word);
}
