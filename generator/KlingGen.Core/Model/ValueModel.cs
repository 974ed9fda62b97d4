namespace KlingGen.Model;

/// <summary>A value that a document gives (a default, an example), with every name in it decided.</summary>
internal sealed record ValueModel
{
    /// <summary>The kind of the value; a union value has the kind of its matching type.</summary>
    public required TypeKind Kind { get; init; }

    /// <summary>A text's value, a number as written, <c>true</c>, <c>false</c>, <c>null</c>, or the JSON of anything else.</summary>
    public string Text { get; init; } = "";

    /// <summary>The type of an object, or the element type of a list or map.</summary>
    public TypeUse? Type { get; init; }

    /// <summary>The C# name of an enum's value.</summary>
    public string? EnumValue { get; init; }

    public EquatableArray<ValueModel> Items { get; init; } = EquatableArray<ValueModel>.Empty;

    public EquatableArray<ValueMember> Members { get; init; } = EquatableArray<ValueMember>.Empty;

    public bool IsNull => Text == "null" && Kind is not (TypeKind.Text or TypeKind.Media or TypeKind.TextEnum or TypeKind.Json);
}

/// <param name="Name">The C# name of an object's member, or the key of a map.</param>
/// <param name="Value">Its value.</param>
internal sealed record ValueMember(string Name, ValueModel Value);
