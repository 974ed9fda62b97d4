using KlingGen.Emission;
using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>A type as C# writes it, and what is needed to tell what converts to it.</summary>
/// <param name="Use">The type.</param>
/// <param name="Scope">The names of its file.</param>
/// <param name="Holder">The role of what holds it.</param>
/// <param name="IsNullable">Whether the type has a question mark.</param>
internal sealed record CSharpType(TypeUse Use, EmissionScope Scope, TypeRole Holder, bool IsNullable)
{
    public string Bare => Scope.Type(Use, Holder);

    public string Text => Bare + (IsNullable ? "?" : "");

    public bool IsValue => EmissionScope.IsValueType(Use);

    public CSharpType? Element => Use.Element is { } element ? new CSharpType(element, Scope, Holder, element.IsNullable) : null;
}
