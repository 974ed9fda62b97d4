using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Generator.Tests;

/// <summary>
/// Emitted files turn nullable warnings off, so that the compiler skips the analysis of their bodies. Tests compile them with the warnings on.
/// </summary>
internal static class NullableWarnings
{
    private const string Off = "\n#nullable disable warnings\n";
    private const string On = "\n#nullable enable warnings\n";

    public static string TurnOn(string text) => text.Replace(Off, On, StringComparison.Ordinal);

    /// <summary>The compilation with the warnings of all emitted files on. Other files stay as they are.</summary>
    public static Compilation TurnOn(Compilation compilation)
    {
        var strict = compilation;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var text = tree.ToString();
            if (!text.Contains(Off, StringComparison.Ordinal)) continue;
            strict = strict.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(TurnOn(text), (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        return strict;
    }
}
