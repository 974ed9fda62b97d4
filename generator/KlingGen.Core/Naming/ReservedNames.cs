using System;
using System.Collections.Generic;

namespace KlingGen.Naming;

/// <summary>Names that emitted types and members must leave alone, because emitted code or the runtime means something else by them.</summary>
internal static class ReservedNames
{
    /// <summary>
    /// Short names that emitted files use. A type of this name in the same namespace would capture them. A test holds the list to
    /// what the emitters write and to the runtime's public types.
    /// </summary>
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "IReadOnlyList", "IReadOnlyDictionary", "Int128", "JsonElement", "GeneratedCode", "Obsolete", "Func", "ReadOnlySpan", "IEquatable",
        "StringBuilder",
        "NotNullWhen", "TimeSpan",
        "EditorBrowsable", "EditorBrowsableState", "ArgumentOutOfRangeException", "ArgumentNullException", "DebuggerDisplay", "System", "Fal",
        "Defaults", "KnownConstraints", "NestedFunctions", "IFalWritable", "JsonConverter",

        // Members of the class beside an enum, which names the enum in expressions.
        "All", "FromSeconds", "Nearest", "Table", "ToWire", "TryParse",
    };

    /// <summary>
    /// Namespaces that emitted code names, and what the client has already: the method that leads to an app of such a
    /// name would never be called.
    /// </summary>
    private static readonly HashSet<string> Namespaces = new(StringComparer.Ordinal) {
        "Wire",
        "System",
        "Microsoft",
        "Fal",
        "Dispose",
        "ToString",
        "GetType",
        "GetHashCode" };

    /// <summary>What every object has, and what every emitted record adds.</summary>
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals", "Clone", "PrintMembers", "EqualityContract",
        "Deconstruct",
        "Extra", "Raw", "Call", "Example", "Defaults", "Read", "Write", "Check", "SaveAsync", "OpenAsync",
        "KnownConstraints", "NestedFunctions", "SpecCrossFieldRuleKind", "EditorBrowsableState",
    };

    /// <summary>
    /// Names in a record that no member may fall back on: the above, what operators are called, and the parameters and
    /// locals of emitted code.
    /// </summary>
    public static readonly HashSet<string> InRecords = new(Members, StringComparer.Ordinal)
    {
        "op_Equality", "op_Inequality", "json", "checks", "raw", "count", "counted", "element", "sum", "summed", "builder", "other", "item",
    };

    /// <summary>The field of an open enum that holds its wire form; no value may have this name.</summary>
    public const string EnumField = "_word";

    /// <summary>What every value has: an open enum is a struct, whose values must not hide it; and what both kinds of enum are made of.</summary>
    public static readonly HashSet<string> InEnums = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "Finalize", "MemberwiseClone", EnumField, "value__", "op_Equality",
        "op_Inequality", "op_Implicit", "other", "obj",
    };

    public static bool IsType(string name)
        => Types.Contains(name) || IsRuntimeName(name) || IsHelper(name) || (IsAttribute(name, out var stem) && Types.Contains(stem));

    /// <summary>
    /// The class that holds the way to an app is called after the app, with <c>App</c> at the end: no namespace may end
    /// like that by itself.
    /// </summary>
    public static bool IsNamespace(string name)
        => Namespaces.Contains(name) || IsRuntimeName(name) || (name.Length > "App".Length && name.EndsWith("App", StringComparison.Ordinal));

    public static bool IsMember(string name) => Members.Contains(name) || HasPrefix(name, "Fal");

    /// <summary>
    /// The class of values and the converter of an enum are named after the enum, a client after its path; types leave them these endings.
    /// </summary>
    private static bool IsHelper(string name) => EndsIn(name, "Values") || EndsIn(name, "JsonConverter") || EndsIn(name, "Client");

    private static bool EndsIn(string name, string ending) => name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal);

    /// <summary>An attribute may be written without its ending, and either name finds it.</summary>
    private static bool IsAttribute(string name, out string stem)
    {
        var isAttribute = name.EndsWith("Attribute", StringComparison.Ordinal);
        stem = isAttribute ? name.Substring(0, name.Length - "Attribute".Length) : name;
        return isAttribute;
    }

    /// <summary>
    /// The runtime's public types start with its name, so that this needs no list: <c>FalMedia</c>, <c>IFalObject</c>,
    /// <c>SpecRange</c>.
    /// </summary>
    public static bool IsRuntimeName(string name)
        => HasPrefix(name, "Fal") || HasPrefix(name, "IFal") || HasPrefix(name, "IHas") || HasPrefix(name, "Spec");

    private static bool HasPrefix(string name, string prefix)
        => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && char.IsUpper(name[prefix.Length]);
}
