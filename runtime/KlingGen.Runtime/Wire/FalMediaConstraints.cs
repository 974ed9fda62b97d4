using KlingGen.Checks;

namespace Fal.Wire;

/// <summary>The constraints of an endpoint on a media file. A null constraint means no limit.</summary>
public sealed record FalMediaConstraints
{
    /// <summary>The kind of media.</summary>
    public FalMediaKind Kind { get; init; }

    /// <summary>Smallest size in bytes.</summary>
    public long? MinBytes { get; init; }

    /// <summary>Largest size in bytes.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Smallest width in pixels.</summary>
    public int? MinWidth { get; init; }

    /// <summary>Largest width in pixels.</summary>
    public int? MaxWidth { get; init; }

    /// <summary>Smallest height in pixels.</summary>
    public int? MinHeight { get; init; }

    /// <summary>Largest height in pixels.</summary>
    public int? MaxHeight { get; init; }

    /// <summary>Largest product of width and height.</summary>
    public long? MaxPixels { get; init; }

    /// <summary>Smallest width divided by height.</summary>
    public double? MinAspectRatio { get; init; }

    /// <summary>Largest width divided by height.</summary>
    public double? MaxAspectRatio { get; init; }

    /// <summary>Shortest duration in seconds.</summary>
    public double? MinDuration { get; init; }

    /// <summary>Longest duration in seconds.</summary>
    public double? MaxDuration { get; init; }

    /// <summary>Lowest frame rate.</summary>
    public double? MinFps { get; init; }

    /// <summary>Highest frame rate.</summary>
    public double? MaxFps { get; init; }

    /// <summary>Permitted file name extensions, with dots, separated by semicolons: <c>.jpg;.png</c>.</summary>
    public string? Extensions { get; init; }

    /// <summary>The value of a row of the table of media constraints; null means no limit.</summary>
    internal double? LimitOf(MediaConstraintRow row) => row.Name switch
    {
        nameof(MinBytes) => MinBytes,
        nameof(MaxBytes) => MaxBytes,
        nameof(MinWidth) => MinWidth,
        nameof(MaxWidth) => MaxWidth,
        nameof(MinHeight) => MinHeight,
        nameof(MaxHeight) => MaxHeight,
        nameof(MaxPixels) => MaxPixels,
        nameof(MinAspectRatio) => MinAspectRatio,
        nameof(MaxAspectRatio) => MaxAspectRatio,
        nameof(MinDuration) => MinDuration,
        nameof(MaxDuration) => MaxDuration,
        nameof(MinFps) => MinFps,
        nameof(MaxFps) => MaxFps,
        _ => throw new InvalidOperationException($"The media constraint {row.Name} has no property."),
    };
}
