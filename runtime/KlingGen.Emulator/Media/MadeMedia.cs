namespace Fal.Emulation;

/// <summary>A generated file and its properties.</summary>
internal sealed record MadeMedia(byte[] Bytes, string ContentType, string Extension)
{
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>The duration in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>The number of frames of a video.</summary>
    public int? Frames { get; init; }
}
