namespace Fal.Emulation;

/// <summary>What sort of file stands behind a URL of a result.</summary>
internal enum MediaFileKind
{
    /// <summary>A file of no kind that is made here: a short text stands for it.</summary>
    Other,

    /// <summary>A picture, PNG.</summary>
    Image,

    /// <summary>A video, MP4.</summary>
    Video,

    /// <summary>Sound, WAV.</summary>
    Audio,

    /// <summary>A 3D model, GLB.</summary>
    Model,
}
