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
        "IReadOnlyList", "IReadOnlyDictionary", "Int128", "JsonElement", "GeneratedCode", "Obsolete", "Func", "ReadOnlySpan", "IEquatable", "StringBuilder",
        "NotNullWhen", "EditorBrowsable", "EditorBrowsableState", "ArgumentOutOfRangeException", "ArgumentNullException", "DebuggerDisplay", "System", "Fal",
        "Defaults", "KnownLimits", "IFalWritable",
    };

    /// <summary>Types of the runtime's namespace: an app of this name would clash with them.</summary>
    private static readonly HashSet<string> Namespaces = new(StringComparer.Ordinal) { "Wire", "System", "Microsoft", "Fal" };

    /// <summary>What every object has, and what every emitted record adds.</summary>
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals", "Clone", "PrintMembers", "EqualityContract", "Deconstruct",
        "Extra", "Raw", "Example", "Defaults", "Read", "Write", "Check", "SaveAsync", "OpenAsync",
    };

    /// <summary>What every value has: an open enum is a struct, whose values must not hide it.</summary>
    public static readonly string[] ObjectMembers = { "Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "Finalize", "MemberwiseClone" };

    public static bool IsType(string name) => Types.Contains(name) || IsRuntimeName(name);

    public static bool IsNamespace(string name) => Namespaces.Contains(name) || IsRuntimeName(name);

    public static bool IsMember(string name) => Members.Contains(name);

    /// <summary>Takes the names out of those that members of an object can get.</summary>
    public static void ReserveMembers(NameSet names)
    {
        foreach (var name in Members) names.Reserve(name);
    }

    /// <summary>The runtime's public types start with its name, so that this needs no list: <c>FalMedia</c>, <c>IFalObject</c>, <c>SpecRange</c>.</summary>
    private static bool IsRuntimeName(string name)
        => HasPrefix(name, "Fal") || HasPrefix(name, "IFal") || HasPrefix(name, "Spec");

    private static bool HasPrefix(string name, string prefix)
        => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && char.IsUpper(name[prefix.Length]);
}
