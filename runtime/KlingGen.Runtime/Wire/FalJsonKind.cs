namespace Fal.Wire;

/// <summary>What a JSON value is, before it is read.</summary>
public enum FalJsonKind
{
    /// <summary><c>null</c></summary>
    Null,

    /// <summary><c>true</c> or <c>false</c></summary>
    Boolean,

    /// <summary>A number written without fraction and exponent.</summary>
    Integer,

    /// <summary>A number written with a fraction or an exponent.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object.</summary>
    Object,
}
