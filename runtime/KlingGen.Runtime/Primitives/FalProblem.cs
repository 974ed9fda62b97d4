using System.Diagnostics;
using System.Text.Json;

namespace Fal;

/// <summary>One thing that is wrong with a request: found before it was sent, or by the server.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalProblem
{
    /// <summary>Where, in the names of the wire: <c>elements.0.video_url</c>. Empty where it is about the whole request.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// What sort of problem, in the server's words: <c>missing</c>, <c>string_too_long</c>, <c>less_than_equal</c>. The
    /// list is open.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>What is wrong, for a person.</summary>
    public required string Message { get; init; }

    /// <summary>The C# name of the member, where known.</summary>
    public string? Property { get; init; }

    /// <summary>The violated constraints, as the server names them: <c>{"le": 1}</c>.</summary>
    public JsonElement? Context { get; init; }

    /// <summary>Value equality with <paramref name="other"/>.</summary>
    public bool Equals(FalProblem? other)
        => other is not null && Path == other.Path && Type == other.Type && Message == other.Message && Property == other.Property;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Type, Message, Property);

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
