using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>
/// Finds the cancellation token that a call could be given: a parameter of a function around it, a parameter of the primary constructor, or the
/// token of the request
/// that a server answers. With two candidates of one kind the user must decide.
/// </summary>
internal static class TokenScope
{
    private const string Http = "Microsoft.AspNetCore.Http";

    /// <returns>A C# expression; null if there is none, or more than one.</returns>
    public static string? Find(IOperation operation, ISymbol container, KnownSymbols known)
    {
        for (var around = operation.Parent; around is not null; around = around.Parent)
        {
            var function = (around as IAnonymousFunctionOperation)?.Symbol ?? (around as ILocalFunctionOperation)?.Symbol;
            if (function is null) continue;
            if (TryParameters(function, known, out var expression)) return expression;
            if (function.IsStatic) return null;
        }

        if (container is not IMethodSymbol method) return null;
        if (TryParameters(method, known, out var own)) return own;
        if (method.IsStatic || method.MethodKind == MethodKind.Constructor) return null;
        return PrimaryConstructor(method.ContainingType) is { } primary && TryParameters(primary, known, out var given)
            ? given
            : OfBase(method.ContainingType);
    }

    /// <returns>True where the search ends: the function has a token, or several.</returns>
    private static bool TryParameters(IMethodSymbol function, KnownSymbols known, out string? expression)
    {
        var tokens = new List<string>();
        var contexts = new List<string>();
        foreach (var parameter in function.Parameters)
        {
            if (parameter.RefKind == RefKind.Out || parameter.Name is "" or "_") continue;
            if (KnownSymbols.Same(parameter.Type, known.CancellationToken)) tokens.Add(parameter.Name);
            else if (IsType(parameter.Type, "HttpContext", Http) && Has(parameter.Type, "RequestAborted"))
                contexts.Add(parameter.Name + ".RequestAborted");
            else if (IsType(parameter.Type, "HttpRequest", Http) && Has(parameter.Type, "HttpContext"))
                contexts.Add(parameter.Name + ".HttpContext.RequestAborted");
        }

        var candidates = tokens.Count > 0 ? tokens : contexts;
        expression = candidates.Count == 1 ? candidates[0] : null;
        return candidates.Count > 0;
    }

    private static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type)
    {
        foreach (var constructor in type.InstanceConstructors)
        {
            if (constructor.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is TypeDeclarationSyntax) return constructor;
        }

        return null;
    }

    /// <summary>What controllers, pages and hubs inherit.</summary>
    private static string? OfBase(INamedTypeSymbol type)
    {
        for (var part = type.BaseType; part is not null; part = part.BaseType)
        {
            if (IsType(part, "ControllerBase", "Microsoft.AspNetCore.Mvc") || IsType(part, "PageModel", "Microsoft.AspNetCore.Mvc.RazorPages"))
                return Has(part, "HttpContext") ? "HttpContext.RequestAborted" : null;
            if (IsType(part, "Hub", "Microsoft.AspNetCore.SignalR")) return Has(part, "Context") ? "Context.ConnectionAborted" : null;
        }

        return null;
    }

    private static bool IsType(ITypeSymbol type, string name, string container)
        => type.Name == name && type.ContainingNamespace?.ToDisplayString() == container;

    private static bool Has(ITypeSymbol type, string property)
    {
        for (var part = type; part is not null; part = part.BaseType)
        {
            if (!part.GetMembers(property).IsEmpty) return true;
        }

        return false;
    }
}
