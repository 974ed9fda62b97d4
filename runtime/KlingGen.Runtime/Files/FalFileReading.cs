namespace Fal.Wire;

/// <summary>What emitted code calls where it reads files.</summary>
public static class FalFileReading
{
    /// <summary>Adds the data for a later download to a file of this answer.</summary>
    /// <returns>The same file.</returns>
    public static T Attach<T>(this in FalJsonReader json, T file)
        where T : FalFile
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Context = json.Context;
        return file;
    }
}
