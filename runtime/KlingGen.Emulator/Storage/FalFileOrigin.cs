namespace Fal.Emulation;

/// <summary>The origin of a file of the emulator.</summary>
public enum FalFileOrigin
{
    /// <summary>A client uploaded it.</summary>
    Upload,

    /// <summary>The emulator generated it for the result of a job.</summary>
    Result,

    /// <summary>A test added it with <see cref="FalEmulatedFiles.Add(string, ReadOnlyMemory{byte}, string?)"/>.</summary>
    Test,
}
