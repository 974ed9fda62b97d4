namespace Fal.Emulation;

/// <summary>How a file came to the emulator.</summary>
public enum FalFileOrigin
{
    /// <summary>A client uploaded it.</summary>
    Upload,

    /// <summary>The emulator made it for the result of a job.</summary>
    Result,

    /// <summary>The test put it there, with <see cref="FalEmulatedFiles.Add(string, ReadOnlyMemory{byte}, string?)"/>.</summary>
    Test,
}
