using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.Analyzers;

/// <summary>The elements of a collection expression that holds nothing but literal texts. Its syntax says all about them, at a fraction of what its operations cost.</summary>
internal static class LiteralTexts
{
    // Texts are compared each with each.
    private const int Most = 16;

    /// <returns>Null if there is anything else among them, or too many.</returns>
    public static string[]? Of(CollectionExpressionSyntax expression)
    {
        var elements = expression.Elements;
        if (elements.Count > Most) return null;
        var texts = new string[elements.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (elements[i] is not ExpressionElementSyntax { Expression: LiteralExpressionSyntax { Token.Value: string text } }) return null;
            texts[i] = text;
        }

        return texts;
    }

    public static bool AreDistinct(string[] texts)
    {
        for (var i = 1; i < texts.Length; i++)
        {
            for (var earlier = 0; earlier < i; earlier++)
            {
                if (texts[i] == texts[earlier]) return false;
            }
        }

        return true;
    }
}
