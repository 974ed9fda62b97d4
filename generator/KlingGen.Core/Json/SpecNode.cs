using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using KlingGen.Text;

namespace KlingGen.Json;

internal enum JsonKind : byte
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// <summary>A member of an object. Its name is in the same text as its value, at <see cref="NameRange"/>, quotes included.</summary>
internal readonly struct JsonMember(string name, SourceRange nameRange, SpecNode value)
{
    public string Name { get; } = name;

    public SourceRange NameRange { get; } = nameRange;

    public SpecNode Value { get; } = value;
}

/// <summary>An immutable value of a JSON text, with its source range.</summary>
internal sealed class SpecNode
{
    // Objects with more members get an index by name.
    private const int LinearSearchLimit = 16;

    private static readonly JsonMember[] NoMembers = [];
    private static readonly SpecNode[] NoItems = [];

    // The text, the members or the items, as the kind says: one field instead of three, because a document has thousands of nodes.
    private readonly object _content;
    private readonly Dictionary<string, int>? _index;

    private SpecNode(JsonKind kind, SourceRange range, ushort source, object content)
    {
        Kind = kind;
        Range = range;
        Source = source;
        _content = content;
        if (Members.Length > LinearSearchLimit) _index = IndexOf(Members);
    }

    public JsonKind Kind { get; }

    /// <summary>Gets which text the node comes from: 0 is the document, 1 and up are its overlays in their order.</summary>
    public ushort Source { get; }

    /// <summary>Gets the range of the value in that text, including its quotes or brackets.</summary>
    public SourceRange Range { get; }

    /// <summary>Gets the value of a string, a number as written, or <c>null</c>, <c>false</c>, <c>true</c>; empty for objects and arrays.</summary>
    public string Text => _content as string ?? "";

    /// <summary>Gets the members of an object in document order; empty for any other kind.</summary>
    public JsonMember[] Members => Kind == JsonKind.Object ? (JsonMember[])_content : NoMembers;

    /// <summary>Gets the items of an array; empty for any other kind.</summary>
    public SpecNode[] Items => Kind == JsonKind.Array ? (SpecNode[])_content : NoItems;

    public bool IsNull => Kind == JsonKind.Null;

    public bool IsObject => Kind == JsonKind.Object;

    public bool IsArray => Kind == JsonKind.Array;

    public static SpecNode String(string value, SourceRange range, ushort source) => new(JsonKind.String, range, source, value);

    /// <summary>A number as written in the document.</summary>
    public static SpecNode Number(string text, SourceRange range, ushort source) => new(JsonKind.Number, range, source, text);

    /// <summary><c>null</c>, <c>false</c> or <c>true</c>.</summary>
    public static SpecNode Keyword(JsonKind kind, SourceRange range, ushort source)
        => new(kind, range, source, kind switch { JsonKind.Null => "null", JsonKind.False => "false", _ => "true" });

    public static SpecNode Array(SpecNode[] items, SourceRange range, ushort source) => new(JsonKind.Array, range, source, items);

    /// <summary>An object. Every name must be unique.</summary>
    public static SpecNode Object(JsonMember[] members, SourceRange range, ushort source) => new(JsonKind.Object, range, source, members);

    /// <summary>The value of the member with this name; null if there is none or this is no object.</summary>
    public SpecNode? Get(string name) => TryGetMember(name, out var member) ? member.Value : null;

    [MethodImpl(HotLoop.Options)]
    public bool TryGetMember(string name, out JsonMember member)
    {
        if (_index is not null)
        {
            var found = _index.TryGetValue(name, out var at);
            member = found ? Members[at] : default;
            return found;
        }

        foreach (var candidate in Members)
        {
            if (candidate.Name != name) continue;
            member = candidate;
            return true;
        }

        member = default;
        return false;
    }

    public bool TryGetBoolean(out bool value)
    {
        value = Kind == JsonKind.True;
        return Kind is JsonKind.True or JsonKind.False;
    }

    /// <summary>
    /// The number as an integer, however it was written (<c>5</c>, <c>5.0</c>, <c>5e0</c>); <c>false</c> if it is none
    /// or is outside the type's range.
    /// </summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return TryGetInteger(out var digits) && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <inheritdoc cref="TryGetInt64"/>
    public bool TryGetInt32(out int value)
    {
        value = 0;
        return TryGetInteger(out var digits) && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>An integer of any size by its decimal digits, in the one shortest form; <c>false</c> beyond a thousand digits.</summary>
    public bool TryGetInteger([NotNullWhen(true)] out string? digits)
    {
        digits = Kind == JsonKind.Number ? JsonNumber.AsInteger(Text) : null;
        return digits is not null;
    }

    public override string ToString() => Kind switch
    {
        JsonKind.Object => "{" + Members.Length.ToString(CultureInfo.InvariantCulture) + "}",
        JsonKind.Array => "[" + Items.Length.ToString(CultureInfo.InvariantCulture) + "]",
        _ => Text,
    };

    private static Dictionary<string, int> IndexOf(JsonMember[] members)
    {
        var index = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        for (var i = 0; i < members.Length; i++) index[members[i].Name] = i;
        return index;
    }
}
