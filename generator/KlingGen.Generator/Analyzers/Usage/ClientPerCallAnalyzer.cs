using System;
using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>KLG202: a client that is made for every round of a loop, every request, or every resolution from the container.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClientPerCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageDescriptors.ClientPerCall);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var handlers = new Lazy<RequestHandlers>(() => new RequestHandlers(start.Compilation));
            start.RegisterAction((operation, known) => CheckCreation(operation, known, handlers), OperationKind.ObjectCreation);
            start.RegisterAction(CheckRegistration, OperationKind.Invocation);
        });
    }

    private static void CheckCreation(OperationAnalysisContext context, KnownSymbols known, Lazy<RequestHandlers> handlers)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!KnownSymbols.Same(creation.Type, known.Client)) return;
        if (Lifetime(creation, context.ContainingSymbol, handlers.Value) is not { } each || ClientSettings.Vary(creation, each.Scope)) return;
        context.ReportDiagnostic(Diagnostic.Create(UsageDescriptors.ClientPerCall, creation.Syntax.GetLocation(), each.Words));
    }

    /// <summary><c>services.AddTransient&lt;FalClient&gt;()</c>, where no <c>new</c> is written.</summary>
    private static void CheckRegistration(OperationAnalysisContext context, KnownSymbols known)
    {
        var call = (IInvocationOperation)context.Operation;
        if (Registration(call.TargetMethod) is not { } words) return;
        var implementation = call.TargetMethod.TypeArguments is [.., var last] ? last : null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is ITypeOfOperation type) implementation = type.TypeOperand;
            if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate) return;
        }

        if (KnownSymbols.Same(implementation, known.Client))
            context.ReportDiagnostic(Diagnostic.Create(UsageDescriptors.ClientPerCall, call.Syntax.GetLocation(), words));
    }

    /// <summary>What makes the client again, and the part of the code that runs again. Functions whose caller is not known end the search.</summary>
    private static (string Words, IOperation Scope)? Lifetime(IObjectCreationOperation creation, ISymbol container, RequestHandlers handlers)
    {
        if (Registered(creation) is var (function, words)) return (words, function);
        if (IsFieldOfRequest(creation, container, handlers)) return ("request", creation);
        return ClientUse.StaysInPlace(creation) ? Repetition(creation, container, handlers) : null;
    }

    private static (string Words, IOperation Scope)? Repetition(IObjectCreationOperation creation, ISymbol container, RequestHandlers handlers)
    {
        IOperation inner = creation;
        for (; inner.Parent is { } outer; inner = outer)
        {
            switch (outer)
            {
                case IForLoopOperation round when !round.Before.Contains(inner):
                case IForEachLoopOperation each when each.Collection != inner:
                case IWhileLoopOperation:
                    return ("round of the loop", outer);
                case IAnonymousFunctionOperation function:
                    return handlers.Repeats(function) is { } words ? (words, function) : null;
                case ILocalFunctionOperation function:
                    return handlers.RepeatsByName(function.Symbol, creation.SemanticModel) is { } times ? (times, function) : null;
            }
        }

        if (container is not IMethodSymbol method) return null;
        if (handlers.Handles(method)) return ("request", inner);
        return handlers.RepeatsByName(method, creation.SemanticModel) is { } named ? (named, inner) : null;
    }

    /// <summary>
    /// The container keeps a controller's client for one request only, whether it is a field's initializer or the constructor that makes it.
    /// </summary>
    private static bool IsFieldOfRequest(IObjectCreationOperation creation, ISymbol container, RequestHandlers handlers)
    {
        if (!handlers.IsMadePerRequest(container.ContainingType)) return false;
        IOperation value = creation;
        while (value.Parent is IConversionOperation) value = value.Parent;
        return value.Parent switch
        {
            IFieldInitializerOperation { InitializedFields: [{ IsStatic: false }, ..] } => true,
            IPropertyInitializerOperation { InitializedProperties: [{ IsStatic: false }, ..] } => true,
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation } }
                => container is IMethodSymbol { MethodKind: MethodKind.Constructor },
            _ => false,
        };
    }

    /// <summary>The factory that gives the client to the container, for a lifetime shorter than the program's.</summary>
    private static (IAnonymousFunctionOperation Function, string Words)? Registered(IObjectCreationOperation creation)
    {
        IOperation value = creation;
        while (value.Parent is IConversionOperation) value = value.Parent;
        if (value.Parent is not IReturnOperation) return null;
        IOperation? outer = value.Parent;
        while (outer is not null and not IAnonymousFunctionOperation) outer = outer.Parent;
        if (outer is not IAnonymousFunctionOperation function) return null;
        IOperation lambda = function;
        while (lambda.Parent is IDelegateCreationOperation or IConversionOperation) lambda = lambda.Parent;
        return lambda.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } method } } && Registration(method) is { } words
            ? (function, words)
            : null;
    }

    private static string? Registration(IMethodSymbol method)
    {
        if (method.ContainingType is not { Name: "ServiceCollectionServiceExtensions" or "ServiceCollectionDescriptorExtensions" }) return null;
        if (method.Name is "AddTransient" or "AddKeyedTransient" or "TryAddTransient") return "resolution from the container";
        return method.Name is "AddScoped" or "AddKeyedScoped" or "TryAddScoped" ? "scope of the container" : null;
    }
}
