using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>
/// The runtime's types as a compilation sees them. They are looked for in the runtime's own assembly only: a type of
/// the same name elsewhere has no meaning here.
/// </summary>
internal sealed class KnownSymbols
{
    private const string RuntimeAssembly = "KlingGen.Runtime";
    private const string Wire = "Fal.Wire.";

    // One instance per compilation, shared by all analyzers together with its constraint cache.
    private static readonly ConditionalWeakTable<Compilation, StrongBox<KnownSymbols?>> Resolved = new();

    private readonly Compilation _compilation;
    private readonly IAssemblySymbol _runtime;

    // Looked for when the first analyzer needs them: most projects use few.
    private INamedTypeSymbol? _client;
    private INamedTypeSymbol? _media;
    private INamedTypeSymbol? _submitOptions;
    private INamedTypeSymbol? _union;
    private INamedTypeSymbol? _name;
    private INamedTypeSymbol? _mediaConstraints;
    private INamedTypeSymbol? _rule;
    private INamedTypeSymbol? _when;
    private INamedTypeSymbol? _countWhen;
    private INamedTypeSymbol? _int128;
    private INamedTypeSymbol? _cancellationToken;
    private INamedTypeSymbol? _uri;

    private KnownSymbols(Compilation compilation, IAssemblySymbol runtime, INamedTypeSymbol falObject)
    {
        _compilation = compilation;
        _runtime = runtime;
        FalObject = falObject;
        Constraints = new ConstraintCache(this);
    }

    /// <summary>What every emitted type implements.</summary>
    public INamedTypeSymbol FalObject { get; }

    public INamedTypeSymbol? Client => _client ??= Find("Fal.FalClient");

    public INamedTypeSymbol? Media => _media ??= Find("Fal.FalMedia");

    public INamedTypeSymbol? SubmitOptions => _submitOptions ??= Find("Fal.FalSubmitOptions");

    public INamedTypeSymbol? Union => _union ??= Find(Wire + "FalUnion");

    public INamedTypeSymbol? Name => _name ??= Find(Wire + "SpecNameAttribute");

    public INamedTypeSymbol? MediaConstraints => _mediaConstraints ??= Find(Wire + "SpecMediaAttribute");

    public INamedTypeSymbol? Rule => _rule ??= Find(Wire + "SpecCrossFieldRuleAttribute");

    public INamedTypeSymbol? When => _when ??= Find(Wire + "SpecWhenAttribute");

    public INamedTypeSymbol? CountWhen => _countWhen ??= Find(Wire + "SpecCountWhenAttribute");

    public INamedTypeSymbol? Int128 => _int128 ??= _compilation.GetTypeByMetadataName("System.Int128");

    public INamedTypeSymbol? CancellationToken => _cancellationToken ??= _compilation.GetTypeByMetadataName("System.Threading.CancellationToken");

    public INamedTypeSymbol? Uri => _uri ??= _compilation.GetTypeByMetadataName("System.Uri");

    /// <summary>The constraints of emitted properties and types.</summary>
    public ConstraintCache Constraints { get; }

    /// <returns>Null where the runtime is absent: then there is nothing to look at.</returns>
    public static KnownSymbols? ForCompilation(Compilation compilation) => Resolved.GetValue(compilation, static key => new(Resolve(key))).Value;

    public static bool Same(ISymbol? left, ISymbol? right) => left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    /// <summary>A type of the runtime by its metadata name; null if this version of it has none.</summary>
    private INamedTypeSymbol? Find(string metadataName) => _runtime.GetTypeByMetadataName(metadataName);

    /// <summary>Whether a type is one of those that emitted code uses.</summary>
    public bool IsWireType(INamedTypeSymbol type)
        => Same(type.ContainingAssembly, _runtime) && type.ContainingNamespace is { Name: "Wire", ContainingNamespace.Name: "Fal" };

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
            if (assembly.Name == RuntimeAssembly && assembly.GetTypeByMetadataName(Wire + "IFalObject`1") is { } falObject)
                return new KnownSymbols(compilation, assembly, falObject);
        }

        return null;
    }
}
