namespace KlingGen.Model;

/// <summary>
/// The limits at one place of a document. Numbers are kept as the document writes them: a double would not hold
/// <c>9223372036854775807</c>, and nothing here computes with them.
/// </summary>
internal sealed record Constraints
{
    public static readonly Constraints None = new();

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    /// <summary>The text is an address that the server will open.</summary>
    public bool IsUrl { get; init; }

    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public string? ExclusiveMinimum { get; init; }

    public string? ExclusiveMaximum { get; init; }

    public string? MultipleOf { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public bool UniqueItems { get; init; }

    public MediaConstraints? Media { get; init; }

    /// <summary>At most so many elements may satisfy the condition: one video in a request's elements.</summary>
    public ContainsConstraint? Contains { get; init; }

    public bool HasLength => MinLength is > 0 || MaxLength is not null;

    public bool HasRange => Minimum is not null || Maximum is not null
        || ExclusiveMinimum is not null || ExclusiveMaximum is not null || MultipleOf is not null;

    public bool HasCount => MinItems is > 0 || MaxItems is not null;
}

internal enum MediaKind
{
    Any,
    Image,
    Video,
    Audio,
}

/// <summary>What a media file must be; the numbers as the document writes them.</summary>
internal sealed record MediaConstraints
{
    public MediaKind Kind { get; init; }

    public string? MinBytes { get; init; }

    public string? MaxBytes { get; init; }

    public string? MinWidth { get; init; }

    public string? MaxWidth { get; init; }

    public string? MinHeight { get; init; }

    public string? MaxHeight { get; init; }

    public string? MaxPixels { get; init; }

    public string? MinAspectRatio { get; init; }

    public string? MaxAspectRatio { get; init; }

    public string? MinDuration { get; init; }

    public string? MaxDuration { get; init; }

    public string? MinFps { get; init; }

    public string? MaxFps { get; init; }

    /// <summary>The permitted endings, <c>.mp4;.mov</c>.</summary>
    public string? Extensions { get; init; }

    public bool HasNumbers => this with { Kind = MediaKind.Any, Extensions = null } != Empty;

    private static readonly MediaConstraints Empty = new();
}

/// <param name="Member">Wire name of the member that an element must have to count.</param>
/// <param name="Name">Its C# name.</param>
/// <param name="MinCount">The fewest that count.</param>
/// <param name="MaxCount">The most that count.</param>
internal sealed record ContainsConstraint(string Member, string Name, int MinCount, int? MaxCount);
