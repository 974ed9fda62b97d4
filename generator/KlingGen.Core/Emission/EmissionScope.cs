using System;
using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Planning;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>What the emitters of one file share: final names, visibility, imports, and how a type is written in C#.</summary>
internal sealed class EmissionScope
{
    private readonly Dictionary<string, TypeBinding> _bindings;

    /// <summary>The members of all records in the file, which an expression would take for a type of the same name.</summary>
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);

    public EmissionScope(TypesFileModel file, EmissionOptions options)
    {
        Options = options;
        App = file.App;
        Namespace = options.RootNamespace + "." + file.App.Namespace;
        _bindings = new(file.Bindings.Count, StringComparer.Ordinal);
        foreach (var binding in file.Bindings) _bindings[binding.Local] = binding;
        foreach (var type in file.Types)
        {
            if (type is not ObjectModel model) continue;
            foreach (var property in model.Properties) _members.Add(property.Name);
        }
    }

    public EmissionOptions Options { get; }

    public AppModel App { get; }

    public string Namespace { get; }

    public MediaConstraintsEmitter MediaConstraints { get; } = new();

    public NestedFunctionsEmitter NestedFunctions { get; } = new();

    public string Access => Options.IsPublic ? "public" : "internal";

    /// <summary>Gets the namespaces of the names that were written so far.</summary>
    public Imports Imports { get; private set; }

    public void Import(Imports namespaces) => Imports |= namespaces;

    public string GeneratedCodeAttribute()
    {
        Import(Imports.CodeDomCompiler);
        return "[GeneratedCode(\"KlingGen\", " + Literal.String(Options.Version) + ")]";
    }

    public string NameOf(TypeUse use) => _bindings.TryGetValue(use.Name!, out var binding) ? binding.Final : use.Name!;

    public TypeRole RoleOf(TypeUse use) => _bindings.TryGetValue(use.Name!, out var binding) ? binding.Role : TypeRole.None;

    /// <summary>
    /// Requests have closed enums, so that switch works and a typo does not compile; a response may contain a value that was unknown when the
    /// document was written.
    /// </summary>
    public static bool IsOpen(TypeRole role) => (role & TypeRole.Output) != 0;

    public bool IsOpenText(TypeUse use) => use.Kind == TypeKind.TextEnum && IsOpen(RoleOf(use));

    /// <summary>An enum of broken numbers in an answer is just a number.</summary>
    public bool IsPlainNumber(TypeUse use) => use.Kind == TypeKind.NumberEnum && IsOpen(RoleOf(use));

    public static bool IsInput(TypeRole role) => (role & TypeRole.Input) != 0;

    /// <summary>The type as C# writes it; its namespace is imported.</summary>
    /// <param name="use">The type.</param>
    /// <param name="holder">The role of what holds it: an address of media is <c>FalMedia</c> in requests only.</param>
    /// <param name="isNullable">Adds the question mark.</param>
    public string Type(TypeUse use, TypeRole holder, bool isNullable = false)
    {
        Import(use.Kind switch
        {
            TypeKind.Wide => Imports.System,
            TypeKind.Json => Imports.TextJson,
            TypeKind.Media or TypeKind.File or TypeKind.Image => Imports.Fal,
            TypeKind.List or TypeKind.Map => Imports.CollectionsGeneric,
            _ => Imports.None,
        });
        return Bare(use, holder) + (isNullable ? "?" : "");
    }

    private string Bare(TypeUse use, TypeRole holder) => use.Kind switch
    {
        TypeKind.Text => "string",
        TypeKind.Boolean => "bool",
        TypeKind.Int32 => "int",
        TypeKind.Int64 => "long",
        TypeKind.Wide => "Int128",
        TypeKind.Number => "double",
        TypeKind.Json => "JsonElement",
        TypeKind.Media => IsInput(holder) ? "FalMedia" : "string",
        TypeKind.File => "FalFile",
        TypeKind.Image => "FalImage",
        TypeKind.List => "IReadOnlyList<" + Type(use.Element!, holder, use.Element!.IsNullable) + ">",
        TypeKind.Map => "IReadOnlyDictionary<string, " + Type(use.Element!, holder, use.Element!.IsNullable) + ">",
        TypeKind.NumberEnum when IsPlainNumber(use) => "double",
        _ => NameOf(use),
    };

    /// <summary>The type is a struct, so that null needs <c>Nullable</c>.</summary>
    public static bool IsValueType(TypeUse use)
        => use.Kind is TypeKind.Boolean or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.Number or TypeKind.Json
        or TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum;

    public static bool IsNullable(PropertyModel property) => property.Type.IsNullable || (!property.IsRequired && !property.IsFixed);

    /// <summary>The table of an enum's values.</summary>
    public string Table(TypeUse use)
    {
        var name = NameOf(use) + EnumValuesEmitter.NameEnding;
        return (_members.Contains(name) ? "global::" + Namespace + "." + name : name) + ".Table";
    }

    /// <summary>A reference to the member that an enum or a union belongs to, for the documentation.</summary>
    public string OwnerReference(string owner)
    {
        var dot = owner.IndexOf('.');
        var type = NameOf(new TypeUse { Kind = TypeKind.Object, Name = owner.Substring(0, dot) });
        return "<see cref=\"" + type + owner.Substring(dot) + "\"/>";
    }

    /// <summary>
    /// A type name in an expression, qualified if a member of the same name would capture it.
    /// </summary>
    public string InExpression(TypeUse use, ObjectModel holder)
    {
        var name = NameOf(use);
        foreach (var property in holder.Properties)
        {
            if (property.Name == name) return "global::" + Namespace + "." + name;
        }

        return name;
    }
}
