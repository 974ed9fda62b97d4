namespace KlingGen.Model;

internal enum TypeKind
{
    Text,
    Boolean,
    Int32,
    Int64,

    /// <summary>An integer that may leave Int64, as fal's seeds do.</summary>
    Wide,
    Number,

    /// <summary>Anything: <c>{}</c>, free-form objects, and what no emitted type can hold.</summary>
    Json,

    /// <summary>The address of a picture, a film or a sound: <c>FalMedia</c> in requests, text in results.</summary>
    Media,

    /// <summary>The runtime's own file.</summary>
    File,

    /// <summary>The runtime's own image.</summary>
    Image,
    Object,
    Union,
    TextEnum,
    IntegerEnum,
    NumberEnum,
    List,
    Map,
}

/// <summary>How a type is used at one place, with the limits that hold there.</summary>
internal sealed record TypeUse
{
    public required TypeKind Kind { get; init; }

    /// <summary>The declared type's name, for objects, unions and enums.</summary>
    public string? Name { get; init; }

    /// <summary>What a list or a map holds.</summary>
    public TypeUse? Element { get; init; }

    /// <summary>Null is a value that may be sent or received here.</summary>
    public bool IsNullable { get; init; }

    public Constraints Constraints { get; init; } = Constraints.None;

    public bool IsNamed => Kind is TypeKind.Object or TypeKind.Union or TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum;
}
