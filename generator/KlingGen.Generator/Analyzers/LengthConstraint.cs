namespace KlingGen.Analyzers;

/// <summary>The length of a text, counted as the check at run time counts it: in Unicode code points.</summary>
internal sealed class LengthConstraint(int minimum, int maximum)
{
    public int Minimum => minimum;

    /// <returns>What is wrong, in the words that follow the member's name; null if nothing is.</returns>
    public string? Judge(string value)
    {
        // A code point is one or two characters, so that most texts need no counting.
        if (value.Length <= maximum && value.Length / 2 >= minimum) return null;
        var length = CodePoints(value);
        return length < minimum || length > maximum ? $"must have {Wording.Amount(minimum, maximum, "character")}, not {Wording.Text(length)}" : null;
    }

    private static int CodePoints(string text)
    {
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i])) pairs++;
        }

        return text.Length - pairs;
    }
}
