namespace Fal.Media;

/// <summary>Values from the header of a media file. Null means "unknown", never "zero".</summary>
internal sealed record MediaFacts
{
    /// <summary>The declared content type, else the detected one, else that of the extension.</summary>
    public string? ContentType { get; init; }

    /// <summary>The content type detected from the bytes.</summary>
    public string? Detected { get; init; }

    /// <summary>The content type from the caller. It is used if none is detected.</summary>
    public string? Declared { get; init; }

    public long? Bytes { get; init; }

    /// <summary>Width as displayed, after the rotation in the file.</summary>
    public int? Width { get; init; }

    /// <summary>Height as displayed, after the rotation in the file.</summary>
    public int? Height { get; init; }

    /// <summary>True if the file has a rotation by a quarter turn: a reader that ignores it sees width and height swapped.</summary>
    public bool Turned { get; init; }

    /// <summary>The stored width, if it differs because pixels are not square.</summary>
    public int? OtherWidth { get; init; }

    /// <summary>The stored height, if it differs.</summary>
    public int? OtherHeight { get; init; }

    /// <summary>Duration in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Average frames per second.</summary>
    public double? FrameRate { get; init; }

    /// <summary>Sets the size as stored; a quarter turn swaps the two. An impossible size is ignored.</summary>
    public MediaFacts WithSize(long width, long height, bool turned = false)
    {
        if (width is <= 0 or > int.MaxValue || height is <= 0 or > int.MaxValue) return this;
        return turned
            ? this with { Width = (int)height, Height = (int)width, Turned = true }
            : this with { Width = (int)width, Height = (int)height };
    }

    /// <summary>Sets another value of the size; a quarter turn swaps the two.</summary>
    public MediaFacts WithOtherSize(long width, long height, bool turned)
    {
        if (width is <= 0 or > int.MaxValue || height is <= 0 or > int.MaxValue) return this;
        return this with { OtherWidth = (int)(turned ? height : width), OtherHeight = (int)(turned ? width : height) };
    }

    /// <summary>Sets the duration if it is valid.</summary>
    public MediaFacts WithDuration(double seconds)
        => double.IsFinite(seconds) && seconds > 0 ? this with { Duration = seconds } : this;

    /// <summary>Sets the frame rate if it is valid.</summary>
    public MediaFacts WithFrameRate(double rate)
        => double.IsFinite(rate) && rate > 0 ? this with { FrameRate = rate } : this;
}
