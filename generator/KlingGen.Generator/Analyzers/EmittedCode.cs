using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>
/// Tells the types that the generator emitted from all others, wherever they come from. Linked into the fixes, which
/// must not need the generator's dll.
/// </summary>
internal static class EmittedCode
{
    /// <summary>Whether the type has the GeneratedCode attribute of KlingGen.</summary>
    public static bool Has(ISymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "GeneratedCodeAttribute" && attribute.ConstructorArguments is { Length: 2 } arguments
                && arguments[0].Value is "KlingGen") return true;
        }

        return false;
    }
}
