using KlingGen.Emission;
using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Whether C# takes a value of one emitted type for another without a cast and without a warning about null, as far as
/// emitted types can meet. A test holds it to the compiler.
/// </summary>
/// <param name="target">The world in which the code has to compile: old names mean what they mean there.</param>
internal sealed class Conversions(Surface target)
{
    private static readonly string[] Numbers = ["int", "long", "Int128", "double"];

    /// <summary>Code that wrote a value of the old type can hand it to the new member.</summary>
    public bool CanWrite(CSharpType old, CSharpType @new) => Converts(old, @new);

    /// <summary>
    /// Code that read the old member can read the new one. A number or enum that was nullable must stay so: code that
    /// says <c>.Value</c> or <c>??</c> does not compile on what is not.
    /// </summary>
    public bool CanRead(CSharpType old, CSharpType @new) => Converts(@new, old) && !(old.IsNullable && old.IsValue && !@new.IsNullable);

    /// <summary>A constant of one of the plain types can stand where another is wanted.</summary>
    public static bool Widens(string from, string to)
        => from == to || (Array.IndexOf(Numbers, from), Array.IndexOf(Numbers, to)) is var (a, b) && a >= 0 && b > a
        && !(from == "Int128" && to == "double");

    private bool Converts(CSharpType from, CSharpType to)
    {
        if (from.IsNullable && !to.IsNullable) return false;
        var (a, b) = (from.Bare, to.Bare);
        if (a == b) return true;
        if (Widens(a, b)) return true;
        if (to.Use.Kind == TypeKind.Media && b == "FalMedia") return a == "string";
        if (IsOpenText(to)) return a == "string" && !from.IsNullable;
        if (to.Use.Kind == TypeKind.Union) return !from.IsNullable && TakesShape(to, from);
        if (to.Use.Kind == TypeKind.List && from.Element is { } mine && to.Element is { } theirs) return IsCovariant(mine, theirs);
        return IsReference(from, to);
    }

    /// <summary>A list may stand for a list of something more general; a map may not, and a number in a list is never converted.</summary>
    private bool IsCovariant(CSharpType from, CSharpType to)
    {
        if (from.IsValue || to.IsValue) return from.Text == to.Text;
        if (from.IsNullable && !to.IsNullable) return false;
        if (from.Bare == to.Bare) return true;
        if (from.Element is { } mine && to.Element is { } theirs && from.Use.Kind == TypeKind.List && to.Use.Kind == TypeKind.List)
            return IsCovariant(mine, theirs);
        return IsReference(from, to);
    }

    private bool IsReference(CSharpType from, CSharpType to)
        => to.Bare == "FalFile" && (from.Bare == "FalImage" || target.Find(from.Use, from.Scope) is { Model: ObjectModel { IsFile: true } });

    private static bool IsOpenText(CSharpType type) => type.Scope.IsOpenText(type.Use);

    /// <summary>
    /// A choice is entered by a value of one of its shapes. Lists and maps come in as arrays and the like, never as
    /// what members hold.
    /// </summary>
    private bool TakesShape(CSharpType choice, CSharpType value)
    {
        if (target.Find(choice.Use, choice.Scope) is not { Model: UnionModel union } type) return false;
        foreach (var branch in union.Branches)
        {
            if (branch.Type.Kind is TypeKind.List or TypeKind.Map) continue;
            var shape = new CSharpType(branch.Type, type.Scope, union.Role, IsNullable: false);
            if (shape.Bare == value.Bare || IsReference(value, shape)) return true;
            if (shape.Bare == "FalMedia" && value.Bare == "string") return true;

            // The language takes one conversion of its own on the way to ours; Int128's is none of its own.
            if (Widens(value.Bare, shape.Bare) && shape.Bare != "Int128") return true;
        }

        return false;
    }
}
