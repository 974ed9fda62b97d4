namespace Fal.Wire;

/// <summary>The constraints of an endpoint on a media file. 0 or null means no limit.</summary>
/// <param name="kind">The kind of media.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class SpecMediaAttribute(FalMediaKind kind) : Attribute
{
    /// <summary>The kind of media.</summary>
    public FalMediaKind Kind { get; } = kind;

    /// <summary>Smallest size in bytes.</summary>
    public long MinBytes { get; set; }

    /// <summary>Largest size in bytes.</summary>
    public long MaxBytes { get; set; }

    /// <summary>Smallest width in pixels.</summary>
    public int MinWidth { get; set; }

    /// <summary>Largest width in pixels.</summary>
    public int MaxWidth { get; set; }

    /// <summary>Smallest height in pixels.</summary>
    public int MinHeight { get; set; }

    /// <summary>Largest height in pixels.</summary>
    public int MaxHeight { get; set; }

    /// <summary>Largest product of width and height.</summary>
    public long MaxPixels { get; set; }

    /// <summary>Smallest width divided by height.</summary>
    public double MinAspectRatio { get; set; }

    /// <summary>Largest width divided by height.</summary>
    public double MaxAspectRatio { get; set; }

    /// <summary>Shortest duration in seconds.</summary>
    public double MinDuration { get; set; }

    /// <summary>Longest duration in seconds.</summary>
    public double MaxDuration { get; set; }

    /// <summary>Lowest frame rate.</summary>
    public double MinFps { get; set; }

    /// <summary>Highest frame rate.</summary>
    public double MaxFps { get; set; }

    /// <summary>Permitted file name extensions, with dots, separated by semicolons.</summary>
    public string? Extensions { get; set; }
}
