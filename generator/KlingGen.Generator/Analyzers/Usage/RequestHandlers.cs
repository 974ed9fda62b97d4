using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>
/// Knows the functions that a server calls once per request, the types that it makes per request, and what runs a function once per element.
/// The list is closed:
/// what is not on it is not guessed.
/// </summary>
internal sealed class RequestHandlers
{
    private const string Request = "request";

    private readonly INamedTypeSymbol? _controller;
    private readonly INamedTypeSymbol? _nonAction;
    private readonly INamedTypeSymbol? _page;
    private readonly INamedTypeSymbol? _hub;
    private readonly INamedTypeSymbol? _httpContext;
    private readonly INamedTypeSymbol? _requestDelegate;
    private readonly INamedTypeSymbol? _function;
    private readonly INamedTypeSymbol? _routes;
    private readonly INamedTypeSymbol? _use;
    private readonly INamedTypeSymbol? _run;
    private readonly INamedTypeSymbol? _parallel;
    private readonly INamedTypeSymbol? _enumerable;

    // Walks every file of the project, so it is done only for a client that a method makes and nothing in its own file explains.
    private readonly Lazy<HashSet<(string Type, string Method)>> _mapped;

    public RequestHandlers(Compilation compilation)
    {
        _mapped = new(() => MappedNames(compilation));
        _controller = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.ControllerBase");
        _nonAction = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.NonActionAttribute");
        _page = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.RazorPages.PageModel");
        _hub = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.SignalR.Hub");
        _httpContext = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Http.HttpContext");
        _requestDelegate = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Http.RequestDelegate");
        _function = compilation.GetTypeByMetadataName("Microsoft.Azure.Functions.Worker.FunctionAttribute");
        _routes = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions");
        _use = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Builder.UseExtensions");
        _run = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Builder.RunExtensions");
        _parallel = compilation.GetTypeByMetadataName("System.Threading.Tasks.Parallel");
        _enumerable = compilation.GetTypeByMetadataName("System.Linq.Enumerable");
    }

    /// <summary>Controllers, pages and hubs: the server makes an instance for each request or call.</summary>
    public bool IsMadePerRequest(INamedTypeSymbol? type) => DerivesFrom(type, _controller) || DerivesFrom(type, _page) || DerivesFrom(type, _hub);

    /// <summary>Actions of controllers, handlers of Razor pages, methods of hubs, middleware, and functions of Azure.</summary>
    public bool Handles(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Ordinary || method.DeclaredAccessibility != Accessibility.Public) return false;
        if (Has(method, _function)) return true;
        if (method.IsStatic) return false;
        if (DerivesFrom(method.ContainingType, _controller)) return !Has(method, _nonAction);
        if (DerivesFrom(method.ContainingType, _hub)) return true;
        if (DerivesFrom(method.ContainingType, _page))
            return method.Name.StartsWith("OnGet", StringComparison.Ordinal) || method.Name.StartsWith("OnPost", StringComparison.Ordinal);
        return method is { Name: "Invoke" or "InvokeAsync", Parameters.Length: > 0 } && Same(method.Parameters[0].Type, _httpContext);
    }

    /// <summary>What a function runs for, if it was handed to something that runs it again and again.</summary>
    public string? Repeats(IAnonymousFunctionOperation function)
    {
        IOperation value = function;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
        {
            value = value.Parent;
            if (Same(value.Type, _requestDelegate)) return Request;
        }

        return value.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } method } } ? Repeats(method) : null;
    }

    /// <summary>What a method or a local function runs for, if its name is passed to such a method.</summary>
    /// <remarks>An analyzer gets the semantic model of one tree. In other files the registration is found by its syntax.</remarks>
    /// <param name="function">The function.</param>
    /// <param name="model">The semantic model of its file.</param>
    public string? RepeatsByName(IMethodSymbol function, SemanticModel? model)
    {
        if (model is null || _routes is null) return null;
        return RepeatsHere(function, model)
            ?? (function.MethodKind == MethodKind.Ordinary && _mapped.Value.Contains((function.ContainingType.Name, function.Name)) ? Request : null);
    }

    private string? RepeatsHere(IMethodSymbol function, SemanticModel model)
    {
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            if (node is not ArgumentSyntax
                {
                    Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax,
                    Parent.Parent: InvocationExpressionSyntax call
                } argument)
                continue;
            var name = argument.Expression is MemberAccessExpressionSyntax access ? access.Name : (SimpleNameSyntax)argument.Expression;
            if (name.Identifier.ValueText != function.Name) continue;

            // A group of methods that becomes a Delegate has candidates and no symbol.
            var symbols = model.GetSymbolInfo(argument.Expression);
            if (!Same(symbols.Symbol ?? (symbols.CandidateSymbols is [var only] ? only : null), function)) continue;
            if (model.GetSymbolInfo(call).Symbol is IMethodSymbol method && Repeats(method.ReducedFrom ?? method) is { } words) return words;
        }

        return null;
    }

    /// <summary>The method groups that are passed to <c>MapGet</c> and its like anywhere: <c>app.MapPost("/films", Films.Post)</c>.</summary>
    private static HashSet<(string Type, string Method)> MappedNames(Compilation compilation)
    {
        var names = new HashSet<(string, string)>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax called } } call
                    || !called.Identifier.ValueText.StartsWith("Map", StringComparison.Ordinal))
                    continue;
                foreach (var argument in call.ArgumentList.Arguments)
                {
                    if (MethodGroup(argument.Expression) is { } name) names.Add(name);
                }
            }
        }

        return names;
    }

    /// <summary>The type and the method, if the expression may be a method group. A simple name is a method of the containing type.</summary>
    private static (string Type, string Method)? MethodGroup(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax { Expression: SimpleNameSyntax type } access => (type.Identifier.ValueText, access.Name.Identifier.ValueText),
        MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax type } access
            => (type.Name.Identifier.ValueText, access.Name.Identifier.ValueText),
        IdentifierNameSyntax name when name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            => (type.Identifier.ValueText, name.Identifier.ValueText),
        _ => null,
    };

    private string? Repeats(IMethodSymbol method)
    {
        if (Same(method.ContainingType, _routes)) return method.Name.StartsWith("Map", StringComparison.Ordinal) ? Request : null;
        if (Same(method.ContainingType, _use)) return method.Name == "Use" ? Request : null;
        if (Same(method.ContainingType, _run)) return method.Name == "Run" ? Request : null;
        if (Same(method.ContainingType, _parallel))
            return method.Name is "For" or "ForEach" or "ForAsync" or "ForEachAsync" ? "round of the loop" : null;
        return Same(method.ContainingType, _enumerable) && method.Name == "Select" ? "element" : null;
    }

    private static bool Has(ISymbol symbol, INamedTypeSymbol? attribute)
    {
        if (attribute is null) return false;
        foreach (var candidate in symbol.GetAttributes())
        {
            if (Same(candidate.AttributeClass, attribute)) return true;
        }

        return false;
    }

    private static bool DerivesFrom(INamedTypeSymbol? type, INamedTypeSymbol? ancestor)
    {
        if (ancestor is null) return false;
        for (; type is not null; type = type.BaseType)
        {
            if (Same(type, ancestor)) return true;
        }

        return false;
    }

    private static bool Same(ISymbol? symbol, ISymbol? known) => known is not null && KnownSymbols.Same(symbol, known);
}
