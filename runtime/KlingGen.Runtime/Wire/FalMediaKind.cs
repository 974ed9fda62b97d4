namespace Fal.Wire;

/// <summary>The sort of media that a member takes.</summary>
public enum FalMediaKind
{
    /// <summary>Not known.</summary>
    Any,

    /// <summary>A still or animated image.</summary>
    Image,

    /// <summary>A video.</summary>
    Video,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>A file of another sort, an archive for example.</summary>
    File,
}
