using System.Diagnostics.CodeAnalysis;

namespace Fal.Wire;

// On a list or a map every constraint applies to the elements, except the count, the uniqueness and the contained elements.

/// <summary>The range of a number. An end without a limit is infinite.</summary>
/// <param name="minimum">The smallest value.</param>
/// <param name="maximum">The largest value.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecRangeAttribute(double minimum, double maximum) : Attribute
{
    /// <summary>The smallest value.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The largest value.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>Whether <see cref="Minimum"/> is exclusive.</summary>
    public bool ExclusiveMinimum { get; set; }

    /// <summary>Whether <see cref="Maximum"/> is exclusive.</summary>
    public bool ExclusiveMaximum { get; set; }

    /// <summary>The step between values; 0 means none.</summary>
    public double MultipleOf { get; set; }
}

/// <summary>The length of a string, in Unicode code points.</summary>
/// <param name="minimum">The minimum number of characters.</param>
/// <param name="maximum">The maximum number of characters; <see cref="int.MaxValue"/> means no limit.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecLengthAttribute(int minimum, int maximum) : Attribute
{
    /// <summary>The minimum number of characters.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The maximum number of characters.</summary>
    public int Maximum { get; } = maximum;
}

/// <summary>The number of elements of a list or a map.</summary>
/// <param name="minimum">The minimum number of elements.</param>
/// <param name="maximum">The maximum number of elements; <see cref="int.MaxValue"/> means no limit.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecCountAttribute(int minimum, int maximum) : Attribute
{
    /// <summary>The minimum number of elements.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The maximum number of elements.</summary>
    public int Maximum { get; } = maximum;
}

/// <summary>A list with unique elements.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecUniqueAttribute : Attribute;

/// <summary>The number of elements of a list that may have a property.</summary>
/// <param name="member">The C# name of the property.</param>
/// <param name="maximum">The maximum number of elements that have it.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecContainsAttribute(string member, int maximum) : Attribute
{
    /// <summary>The C# name of the property.</summary>
    public string Member { get; } = member;

    /// <summary>The maximum number of elements that have it.</summary>
    public int Maximum { get; } = maximum;
}

/// <summary>The pattern that a string contains.</summary>
/// <param name="pattern">A regular expression, which matches anywhere in the string unless it is anchored.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecPatternAttribute([StringSyntax(StringSyntaxAttribute.Regex)] string pattern) : Attribute
{
    /// <summary>The regular expression.</summary>
    public string Pattern { get; } = pattern;
}

/// <summary>A string that is an absolute URL.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecUrlAttribute : Attribute;

/// <summary>The wire name of a property, or the wire value of an enum's field, if it cannot be derived from the C# name.</summary>
/// <param name="wireName">The name in JSON.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false)]
public sealed class SpecNameAttribute(string wireName) : Attribute
{
    /// <summary>The name in JSON.</summary>
    public string WireName { get; } = wireName;
}
