namespace Fal.Emulation;

/// <summary>The kind of a generated file.</summary>
internal enum MediaFileKind
{
    /// <summary>Any other kind: a short text file is used.</summary>
    Other,

    /// <summary>An image (PNG).</summary>
    Image,

    /// <summary>A video (MP4).</summary>
    Video,

    /// <summary>Audio (WAV).</summary>
    Audio,

    /// <summary>A 3D model (GLB).</summary>
    Model,
}
