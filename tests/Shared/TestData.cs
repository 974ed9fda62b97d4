namespace KlingGen.Testing;

/// <summary>Files that tests read but that this repository does not contain; the environment variable KLINGGEN_TESTDATA names their folder.</summary>
internal static class TestData
{
    public const string Variable = "KLINGGEN_TESTDATA";

    private static string? Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>The full path of a file or folder, which must exist: tests that call this carry <see cref="TestDataFactAttribute"/>.</summary>
    public static string At(string path)
        => MissingReason(path) is { } reason ? throw new InvalidOperationException(reason) : Path.Combine(Folder!, path);

    /// <summary>The paths of the JSON files in a folder and the folders below it, in ordinal order.</summary>
    public static string[] JsonFiles(string folder)
        => [.. Directory.GetFiles(At(folder), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Null if the file or folder exists, else what to set in order to run the test.</summary>
    public static string? MissingReason(string path)
    {
        if (Folder is null) return $"{Variable} is not set; the test needs a folder with '{path}' in it.";
        return Path.Exists(Path.Combine(Folder, path)) ? null : $"{Variable} is '{Folder}', which does not contain '{path}'.";
    }
}
