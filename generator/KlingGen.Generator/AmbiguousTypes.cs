using System;
using System.Linq;
using System.Threading;
using KlingGen.Diagnostics;
using KlingGen.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen;

/// <summary>
/// Finds where code names a type that two references have. It is part of the generator, not an analyzer, because the compiler does not report what
/// analyzers find when a declaration has an error, here CS0433.
/// </summary>
internal static class AmbiguousTypes
{
    /// <summary>The first place where the project's code names the type, as a problem; null if it does not.</summary>
    public static SpecDiagnostic? FindUse(AmbiguousType type, Compilation compilation, CancellationToken cancellation)
    {
        var name = type.Name.Substring(type.Name.LastIndexOf('.') + 1);
        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
            {
                if (node is not SimpleNameSyntax use || use.Identifier.ValueText != name) continue;
                model ??= compilation.GetSemanticModel(tree);
                if (!Means(type, model.GetSymbolInfo(use, cancellation))) continue;
                return new SpecDiagnostic(
                    SpecDiagnosticKind.EmittedByTwoReferences, MissingEndpoints.PlaceOf(use), new[] { type.Name, type.First, type.Second });
            }
        }

        return null;
    }

    private static bool Means(AmbiguousType type, SymbolInfo symbols)
        => symbols.CandidateReason == CandidateReason.Ambiguous
            && symbols.CandidateSymbols.Any(symbol => symbol.ContainingAssembly?.Name == type.Second && symbol.ToDisplayString() == type.Name);
}
