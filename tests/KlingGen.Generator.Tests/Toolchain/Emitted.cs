using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>Looks into emitted code with the compiler's eyes.</summary>
internal static class Emitted
{
    public static IEnumerable<SyntaxTree> Trees(Compilation compilation)
        => compilation.SyntaxTrees.Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));

    /// <summary>The types that emitted code declares, nested ones too.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(Compilation compilation)
        => Trees(compilation)
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
                .Select(node => compilation.GetSemanticModel(tree).GetDeclaredSymbol(node)!))
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);

    /// <summary>
    /// The types from outside that emitted code names without saying where they come from: which a type of the user's project could hide.
    /// </summary>
    public static IReadOnlyCollection<INamedTypeSymbol> ShortNames(Compilation compilation)
    {
        var found = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in Trees(compilation))
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>())
            {
                if (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name || name.Parent is AliasQualifiedNameSyntax
                    || name.Parent is MemberAccessExpressionSyntax access && access.Name == name) continue;
                if (name.Identifier.ValueText == "var" || name.Ancestors().OfType<UsingDirectiveSyntax>().Any()) continue;
                var symbol = model.GetSymbolInfo(name).Symbol;
                if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor) symbol = constructor.ContainingType;
                if (symbol is INamedTypeSymbol type && type.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty) found.Add(type.OriginalDefinition);
            }
        }

        return found;
    }

    /// <summary>The words by which they are written: an attribute's without its ending.</summary>
    public static IEnumerable<string> Spellings(INamedTypeSymbol type)
    {
        yield return type.Name;
        if (type.Name.EndsWith("Attribute", StringComparison.Ordinal)) yield return type.Name[..^"Attribute".Length];
    }
}
