using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Planning;
using KlingGen.Schemas;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen;

/// <summary>A qualified name in C# code, and where it is.</summary>
internal sealed record NameUse(string Name, SourceLocation Place);

/// <summary>
/// Finds names of namespaces that bundled endpoints would have, in projects that do not choose these endpoints. It is part of the generator, not an
/// analyzer,
/// because the compiler does not run analyzers when a <c>using</c> cannot be resolved.
/// </summary>
internal static class MissingEndpoints
{
    /// <summary>Whether a node may be such a name: the target of a <c>using</c>, or a qualified name of a type.</summary>
    public static bool IsName(SyntaxNode node, CancellationToken cancellation) => node switch
    {
        UsingDirectiveSyntax directive => directive.Name is QualifiedNameSyntax,
        QualifiedNameSyntax => node.Parent is not (NameSyntax or UsingDirectiveSyntax or BaseNamespaceDeclarationSyntax),
        MemberAccessExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Fal" } }
        } => true,
        _ => false,
    };

    /// <summary>The name with its place; null for names that cannot be meant.</summary>
    public static NameUse? Read(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        SyntaxNode node = context.Node is UsingDirectiveSyntax directive ? directive.Name! : context.Node;
        var name = node.WithoutTrivia().ToString();
        if (name.StartsWith("global::", StringComparison.Ordinal)) name = name.Substring("global::".Length);
        if (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)) return null;
        return new NameUse(name, PlaceOf(node));
    }

    /// <summary>The place of a node in C# code.</summary>
    public static SourceLocation PlaceOf(SyntaxNode node)
    {
        var lines = node.GetLocation().GetLineSpan();
        return new SourceLocation(
            node.SyntaxTree.FilePath,
            new SourceRange(node.Span.Start, node.Span.Length),
            lines.StartLinePosition.Line, lines.StartLinePosition.Character, lines.EndLinePosition.Line, lines.EndLinePosition.Character);
    }

    /// <summary>The problems, under the condition that no reference has the namespace (<see cref="IsMissing"/>).</summary>
    /// <param name="uses">The names in the project's code.</param>
    /// <param name="bundled">The ids of the endpoints that come with the package.</param>
    /// <param name="emitted">The namespaces of the apps that are emitted, below the root namespace.</param>
    /// <param name="patterns">The patterns of <c>FalEndpoints</c>.</param>
    /// <param name="rootNamespace">As <c>FalNamespace</c>.</param>
    public static IEnumerable<SpecDiagnostic> Find(
        IReadOnlyCollection<NameUse> uses,
        IReadOnlyCollection<string> bundled,
        IReadOnlyCollection<string> emitted,
        IReadOnlyCollection<string> patterns,
        string rootNamespace)
    {
        var prefix = rootNamespace + ".";
        var relevant = uses.Where(use => use.Name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        if (relevant.Length == 0) yield break;
        var apps = bundled.Select(SpecReader.AppOf).GroupBy(static app => app.Namespace, StringComparer.Ordinal).Select(static group => group.First())
            .ToArray();
        foreach (var use in relevant)
        {
            var name = use.Name.Substring(prefix.Length);
            var app = apps.FirstOrDefault(known => name == known.Namespace || name.StartsWith(known.Namespace + ".", StringComparison.Ordinal));
            if (app is null || emitted.Contains(app.Namespace)) continue;
            var line = "<FalEndpoints>" + string.Join(";", patterns.Concat(new[] { app.Id + "/**" })) + "</FalEndpoints>";
            yield return new SpecDiagnostic(SpecDiagnosticKind.EndpointsNotChosen, use.Place, new[] { prefix + app.Namespace, line });
        }
    }

    /// <summary>Whether the namespace that a problem is about exists in no reference.</summary>
    public static bool IsMissing(SpecDiagnostic problem, Compilation compilation)
    {
        var found = compilation.GlobalNamespace;
        foreach (var part in problem.Arguments[0].Split('.'))
        {
            found = found.GetNamespaceMembers().FirstOrDefault(member => member.Name == part);
            if (found is null) return true;
        }

        return false;
    }
}
