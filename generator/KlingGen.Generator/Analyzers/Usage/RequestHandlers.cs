using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>Knows the functions that a server calls once per request, and those that run a function once per element. The list is closed: what is not on it is not guessed.</summary>
internal sealed class RequestHandlers
{
    private readonly INamedTypeSymbol? _controller;
    private readonly INamedTypeSymbol? _nonAction;
    private readonly INamedTypeSymbol? _page;
    private readonly INamedTypeSymbol? _hub;
    private readonly INamedTypeSymbol? _httpContext;
    private readonly INamedTypeSymbol? _function;
    private readonly INamedTypeSymbol? _routes;
    private readonly INamedTypeSymbol? _parallel;
    private readonly INamedTypeSymbol? _enumerable;

    public RequestHandlers(Compilation compilation)
    {
        _controller = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.ControllerBase");
        _nonAction = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.NonActionAttribute");
        _page = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.RazorPages.PageModel");
        _hub = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.SignalR.Hub");
        _httpContext = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Http.HttpContext");
        _function = compilation.GetTypeByMetadataName("Microsoft.Azure.Functions.Worker.FunctionAttribute");
        _routes = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions");
        _parallel = compilation.GetTypeByMetadataName("System.Threading.Tasks.Parallel");
        _enumerable = compilation.GetTypeByMetadataName("System.Linq.Enumerable");
    }

    /// <summary>Actions of controllers, handlers of Razor pages, methods of hubs, middleware, and functions of Azure.</summary>
    public bool Handles(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Ordinary || method.DeclaredAccessibility != Accessibility.Public) return false;
        if (Has(method, _function)) return true;
        if (method.IsStatic) return false;
        if (DerivesFrom(method.ContainingType, _controller)) return !Has(method, _nonAction);
        if (DerivesFrom(method.ContainingType, _hub)) return true;
        if (DerivesFrom(method.ContainingType, _page)) return method.Name.StartsWith("OnGet", System.StringComparison.Ordinal) || method.Name.StartsWith("OnPost", System.StringComparison.Ordinal);
        return method is { Name: "Invoke" or "InvokeAsync", Parameters.Length: > 0 } && Same(method.Parameters[0].Type, _httpContext);
    }

    /// <summary>What a function runs for, if it was handed to something that runs it again and again.</summary>
    public string? Repeats(IAnonymousFunctionOperation function)
    {
        IOperation value = function;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation) value = value.Parent;
        if (value.Parent is not IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } method } }) return null;
        if (Same(method.ContainingType, _routes)) return method.Name.StartsWith("Map", System.StringComparison.Ordinal) ? "request" : null;
        if (Same(method.ContainingType, _parallel)) return method.Name is "For" or "ForEach" or "ForAsync" or "ForEachAsync" ? "round of the loop" : null;
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
