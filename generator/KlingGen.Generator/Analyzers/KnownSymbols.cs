using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>
/// The runtime's types as a compilation sees them. They are looked for in the runtime's own assembly only: a type of the same name that stands elsewhere
/// promises nothing.
/// </summary>
internal sealed class KnownSymbols
{
    private const string RuntimeAssembly = "KlingGen.Runtime";
    private const string Wire = "Fal.Wire.";

    // Several analyzers ask for the same compilation; what they learn about its members is shared as well.
    private static readonly ConditionalWeakTable<Compilation, StrongBox<KnownSymbols?>> Resolved = new();

    private readonly IAssemblySymbol _runtime;

    private KnownSymbols(Compilation compilation, IAssemblySymbol runtime, INamedTypeSymbol falObject)
    {
        _runtime = runtime;
        FalObject = falObject;
        Client = Find("Fal.FalClient");
        Endpoint = Find("Fal.FalEndpoint`2");
        Job = Find("Fal.FalJob`1");
        Media = Find("Fal.FalMedia");
        Union = Find(Wire + "FalUnion");
        Name = Find(Wire + "SpecNameAttribute");
        Range = Find(Wire + "SpecRangeAttribute");
        Length = Find(Wire + "SpecLengthAttribute");
        Pattern = Find(Wire + "SpecPatternAttribute");
        Url = Find(Wire + "SpecUrlAttribute");
        Count = Find(Wire + "SpecCountAttribute");
        MediaLimits = Find(Wire + "SpecMediaAttribute");
        Rule = Find(Wire + "SpecRuleAttribute");
        When = Find(Wire + "SpecWhenAttribute");
        Int128 = compilation.GetTypeByMetadataName("System.Int128");
        SubmitOptions = Find("Fal.FalSubmitOptions");
        CancellationToken = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");
        Uri = compilation.GetTypeByMetadataName("System.Uri");
        Members = new MemberBook(this);
    }

    /// <summary>What every emitted type implements.</summary>
    public INamedTypeSymbol FalObject { get; }

    public INamedTypeSymbol? Client { get; }

    public INamedTypeSymbol? Endpoint { get; }

    public INamedTypeSymbol? Job { get; }

    public INamedTypeSymbol? Media { get; }

    public INamedTypeSymbol? Union { get; }

    public INamedTypeSymbol? Name { get; }

    public INamedTypeSymbol? Range { get; }

    public INamedTypeSymbol? Length { get; }

    public INamedTypeSymbol? Pattern { get; }

    public INamedTypeSymbol? Url { get; }

    public INamedTypeSymbol? Count { get; }

    public INamedTypeSymbol? MediaLimits { get; }

    public INamedTypeSymbol? Rule { get; }

    public INamedTypeSymbol? When { get; }

    public INamedTypeSymbol? Int128 { get; }

    public INamedTypeSymbol? SubmitOptions { get; }

    public INamedTypeSymbol? CancellationToken { get; }

    public INamedTypeSymbol? Uri { get; }

    /// <summary>What the members of emitted types say about their values.</summary>
    public MemberBook Members { get; }

    /// <returns>Null where the runtime is absent: then there is nothing to look at.</returns>
    public static KnownSymbols? Of(Compilation compilation) => Resolved.GetValue(compilation, static key => new(Resolve(key))).Value;

    public static bool Same(ISymbol? left, ISymbol? right) => left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    /// <summary>A type of the runtime by its metadata name; null if this version of it has none.</summary>
    public INamedTypeSymbol? Find(string metadataName) => _runtime.GetTypeByMetadataName(metadataName);

    /// <summary>The member is the runtime's, or overrides one of the runtime's.</summary>
    public bool Owns(ISymbol member)
    {
        for (ISymbol? origin = member; origin is not null; origin = (origin as IMethodSymbol)?.OverriddenMethod)
        {
            if (Same(origin.ContainingAssembly, _runtime)) return true;
        }

        return false;
    }

    private static KnownSymbols? Resolve(Compilation compilation)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Name == RuntimeAssembly && assembly.GetTypeByMetadataName(Wire + "IFalObject`1") is { } falObject) return new KnownSymbols(compilation, assembly, falObject);
        }

        return null;
    }
}
