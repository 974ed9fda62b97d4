using System.Diagnostics;
using System.Text.Json;

namespace Fal;

/// <summary>One problem of a request, found by the local checks or by the server.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalProblem
{
    /// <summary>The path of the value, in wire names: <c>elements.0.video_url</c>. Empty if the problem is about the whole request.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// The type of the problem, in the server's terms: <c>missing</c>, <c>string_too_long</c>, <c>less_than_equal</c>. The
    /// list is open.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>The message for a person.</summary>
    public required string Message { get; init; }

    /// <summary>The C# name of the property, if known.</summary>
    public string? Property { get; init; }

    /// <summary>The violated constraints, in the server's terms: <c>{"le": 1}</c>.</summary>
    public JsonElement? Context { get; init; }

    /// <summary>Whether <paramref name="other"/> has equal values.</summary>
    public bool Equals(FalProblem? other)
        => other is not null && Path == other.Path && Type == other.Type && Message == other.Message && Property == other.Property;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Type, Message, Property);

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
