using System.Diagnostics.CodeAnalysis;

namespace Fal.Wire;

// On a list or a map every constraint but the count, the uniqueness and the contained elements is one of its elements.

/// <summary>The range of a number. An open end is infinite.</summary>
/// <param name="minimum">The smallest value.</param>
/// <param name="maximum">The largest value.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecRangeAttribute(double minimum, double maximum) : Attribute
{
    /// <summary>The smallest value.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The largest value.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>Whether <see cref="Minimum"/> itself is refused.</summary>
    public bool ExclusiveMinimum { get; set; }

    /// <summary>Whether <see cref="Maximum"/> itself is refused.</summary>
    public bool ExclusiveMaximum { get; set; }

    /// <summary>The step between values; 0 where there is none.</summary>
    public double MultipleOf { get; set; }
}

/// <summary>The length of a string, in Unicode code points.</summary>
/// <param name="minimum">The fewest characters.</param>
/// <param name="maximum">The most characters; <see cref="int.MaxValue"/> where open.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecLengthAttribute(int minimum, int maximum) : Attribute
{
    /// <summary>The fewest characters.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The most characters.</summary>
    public int Maximum { get; } = maximum;
}

/// <summary>The number of elements of a list or a map.</summary>
/// <param name="minimum">The fewest elements.</param>
/// <param name="maximum">The most elements; <see cref="int.MaxValue"/> where open.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecCountAttribute(int minimum, int maximum) : Attribute
{
    /// <summary>The fewest elements.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The most elements.</summary>
    public int Maximum { get; } = maximum;
}

/// <summary>A list in which no element occurs twice.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecUniqueAttribute : Attribute;

/// <summary>The number of elements of a list that may have a property.</summary>
/// <param name="member">The C# name of the property.</param>
/// <param name="maximum">The most elements that may have it.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecContainsAttribute(string member, int maximum) : Attribute
{
    /// <summary>The C# name of the property.</summary>
    public string Member { get; } = member;

    /// <summary>The most elements that may have it.</summary>
    public int Maximum { get; } = maximum;
}

/// <summary>The pattern that a string contains.</summary>
/// <param name="pattern">A regular expression, found anywhere in the string unless it is anchored.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecPatternAttribute([StringSyntax(StringSyntaxAttribute.Regex)] string pattern) : Attribute
{
    /// <summary>The regular expression.</summary>
    public string Pattern { get; } = pattern;
}

/// <summary>A string that is an absolute URL.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecUrlAttribute : Attribute;

/// <summary>The name on the wire of a member, or of an enum's value, whose C# name does not tell it.</summary>
/// <param name="wireName">The name in JSON.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false)]
public sealed class SpecNameAttribute(string wireName) : Attribute
{
    /// <summary>The name in JSON.</summary>
    public string WireName { get; } = wireName;
}
