namespace Fal.Media;

/// <summary>What a file says about itself in its own header. Null means "not known", never "zero".</summary>
internal sealed record MediaFacts
{
    /// <summary>The declared content type, else the detected one, else that of the extension.</summary>
    public string? ContentType { get; init; }

    /// <summary>The content type that the bytes show.</summary>
    public string? Detected { get; init; }

    /// <summary>The content type that the caller named. It is believed where the bytes show nothing.</summary>
    public string? Declared { get; init; }

    public long? Bytes { get; init; }

    /// <summary>Width as shown, after the rotation that the file asks for.</summary>
    public int? Width { get; init; }

    /// <summary>Height as shown, after the rotation that the file asks for.</summary>
    public int? Height { get; init; }

    /// <summary>The file asks for a quarter turn, so a reader that ignores it sees width and height exchanged.</summary>
    public bool Turned { get; init; }

    /// <summary>Another width that the file names: the stored one where pixels are not square.</summary>
    public int? OtherWidth { get; init; }

    /// <summary>Another height that the file names.</summary>
    public int? OtherHeight { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Frames per second, on average.</summary>
    public double? FrameRate { get; init; }

    /// <summary>Sets the size as stored; a quarter turn exchanges the two. A size that no file can mean is left out.</summary>
    public MediaFacts WithSize(long width, long height, bool turned = false)
    {
        if (width is <= 0 or > int.MaxValue || height is <= 0 or > int.MaxValue) return this;
        return turned
            ? this with { Width = (int)height, Height = (int)width, Turned = true }
            : this with { Width = (int)width, Height = (int)height };
    }

    /// <summary>Sets another reading of the size; a quarter turn exchanges the two.</summary>
    public MediaFacts WithOtherSize(long width, long height, bool turned)
    {
        if (width is <= 0 or > int.MaxValue || height is <= 0 or > int.MaxValue) return this;
        return this with { OtherWidth = (int)(turned ? height : width), OtherHeight = (int)(turned ? width : height) };
    }

    /// <summary>Sets the duration if it is one.</summary>
    public MediaFacts WithDuration(double seconds)
        => double.IsFinite(seconds) && seconds > 0 ? this with { Duration = seconds } : this;

    /// <summary>Sets the frame rate if it is one.</summary>
    public MediaFacts WithFrameRate(double rate)
        => double.IsFinite(rate) && rate > 0 ? this with { FrameRate = rate } : this;
}
