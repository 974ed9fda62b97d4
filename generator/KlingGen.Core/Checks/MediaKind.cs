namespace KlingGen.Checks;

/// <summary>The kind of media that a property takes. The names are those of the runtime's public enum.</summary>
internal enum MediaKind
{
    Any,
    Image,
    Video,
    Audio,
    File,
}
