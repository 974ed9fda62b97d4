using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Analyzers;

/// <summary>Looks at operations where the runtime is there to be used.</summary>
internal static class OperationActions
{
    /// <summary>
    /// The runtime's types are looked for at the first operation. When a compilation starts, the compiler has not bound
    /// its references yet, and an analyzer that asks then is the one that does it for all.
    /// </summary>
    public static void RegisterAction(
        this CompilationStartAnalysisContext start,
        Action<OperationAnalysisContext, KnownSymbols> action,
        params OperationKind[] kinds)
    {
        var known = new Lazy<KnownSymbols?>(() => KnownSymbols.ForCompilation(start.Compilation));
        start.RegisterOperationAction(
            operation =>
            {
                if (known.Value is { } symbols) action(operation, symbols);
            },
            kinds);
    }
}
