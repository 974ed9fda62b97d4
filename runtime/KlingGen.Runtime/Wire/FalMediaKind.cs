namespace Fal.Wire;

/// <summary>The kind of media of a property.</summary>
public enum FalMediaKind
{
    /// <summary>Unknown.</summary>
    Any,

    /// <summary>A still or animated image.</summary>
    Image,

    /// <summary>A video.</summary>
    Video,

    /// <summary>Audio.</summary>
    Audio,

    /// <summary>A file of another kind, for example an archive.</summary>
    File,
}
