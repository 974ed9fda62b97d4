using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.CodeFixes;

/// <summary>Names in source text.</summary>
internal static class Identifiers
{
    /// <summary>A name that may be a keyword.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
