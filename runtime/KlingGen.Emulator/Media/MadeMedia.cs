namespace Fal.Emulation;

/// <summary>A file made here, and what is true of it.</summary>
internal sealed record MadeMedia(byte[] Bytes, string ContentType, string Extension)
{
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Pictures of a video.</summary>
    public int? Frames { get; init; }
}
