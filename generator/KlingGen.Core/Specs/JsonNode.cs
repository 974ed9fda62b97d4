using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace KlingGen.Specs;

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

/// <summary>A member of an object. Its name lies in the same text as its value, at <see cref="NameRange"/>, quotes included.</summary>
internal readonly struct JsonMember(string name, TextRange nameRange, JsonNode value)
{
    public string Name { get; } = name;

    public TextRange NameRange { get; } = nameRange;

    public JsonNode Value { get; } = value;
}

/// <summary>A value of a JSON text and where it stands; it never changes, though what is in it may be looked up only when somebody asks.</summary>
internal sealed class JsonNode
{
    private static readonly JsonMember[] NoMembers = [];
    private static readonly JsonNode[] NoItems = [];

    private readonly int _place;

    // By kind: a string; JsonNode[]; JsonMember[] or JsonLookup; null for the three words. Or the tape that still has to say it.
    private object? _content;

    private JsonNode(JsonKind kind, TextRange range, ushort source, object? content, int place = 0)
    {
        Kind = kind;
        Range = range;
        Source = source;
        _content = content;
        _place = place;
    }

    public JsonKind Kind { get; }

    /// <summary>Gets which text the node comes from: 0 is the document, 1 and up are its overlays in their order.</summary>
    public ushort Source { get; }

    /// <summary>Gets where the value stands in that text, with its quotes or brackets.</summary>
    public TextRange Range { get; }

    /// <summary>Gets a string's value, a number as it was written, or one of the words <c>null</c>, <c>false</c>, <c>true</c>; empty for the rest.</summary>
    public string Text => Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.False => "false",
        JsonKind.True => "true",
        JsonKind.Number or JsonKind.String => (string)Content!,
        _ => "",
    };

    /// <summary>Gets the members of an object in the order of the text; none for any other kind.</summary>
    public JsonMember[] Members => Content is var content && content is JsonMember[] members ? members : (content as JsonLookup)?.Members ?? NoMembers;

    /// <summary>Gets the items of an array; none for any other kind.</summary>
    public JsonNode[] Items => Content as JsonNode[] ?? NoItems;

    public bool IsNull => Kind == JsonKind.Null;

    public bool IsObject => Kind == JsonKind.Object;

    public bool IsArray => Kind == JsonKind.Array;

    // Two threads at once may make it twice, each its own: harmless.
    private object? Content => _content is JsonTape tape ? _content = tape.ContentOf(_place) : _content;

    public static JsonNode Array(JsonNode[] items, TextRange range, ushort source) => new(JsonKind.Array, range, source, items);

    /// <summary>An object. No two members may have one name.</summary>
    public static JsonNode Object(JsonMember[] members, TextRange range, ushort source) => new(JsonKind.Object, range, source, JsonLookup.For(members));

    /// <summary>A value of which the tape says what is in it when somebody asks.</summary>
    public static JsonNode Later(JsonKind kind, TextRange range, ushort source, JsonTape tape, int place) => new(kind, range, source, tape, place);

    /// <summary>The value of the member with this name; null if there is none or this is no object.</summary>
    public JsonNode? Get(string name) => TryGetMember(name, out var member) ? member.Value : null;

    [MethodImpl(Compiled.Fully)]
    public bool TryGetMember(string name, out JsonMember member)
    {
        var content = Content;
        if (content is JsonMember[] members)
        {
            foreach (var candidate in members)
            {
                if (candidate.Name != name) continue;
                member = candidate;
                return true;
            }
        }
        else if (content is JsonLookup lookup && lookup.Find(name) is var at and >= 0)
        {
            member = lookup.Members[at];
            return true;
        }

        member = default;
        return false;
    }

    public bool TryGet(string name, [NotNullWhen(true)] out JsonNode? value) => (value = Get(name)) is not null;

    /// <summary>Whether this is a string, whatever its value.</summary>
    public bool IsString([NotNullWhen(true)] out string? value)
    {
        value = Kind == JsonKind.String ? Text : null;
        return value is not null;
    }

    /// <summary>Whether this is the string with this value.</summary>
    public bool IsString(string value) => Kind == JsonKind.String && Text == value;

    public bool TryGetBoolean(out bool value)
    {
        value = Kind == JsonKind.True;
        return Kind is JsonKind.True or JsonKind.False;
    }

    /// <summary>The number as the nearest <c>double</c>; <c>false</c> for what is no number or lies outside the type.</summary>
    public bool TryGetDouble(out double value)
    {
        value = 0;
        return Kind == JsonKind.Number
            && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !double.IsInfinity(value);
    }

    /// <summary>The number as a <c>decimal</c>, rounded to its 28 digits; <c>false</c> for what is no number or lies outside the type.</summary>
    public bool TryGetDecimal(out decimal value)
    {
        value = 0;
        return Kind == JsonKind.Number && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The number as an integer, however it was written (<c>5</c>, <c>5.0</c>, <c>5e0</c>); <c>false</c> if it is none or lies outside the type.</summary>
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
}
