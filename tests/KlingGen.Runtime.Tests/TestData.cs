namespace Fal.Tests;

/// <summary>Files that tests read but that the repository does not hold; the environment variable KLINGGEN_TESTDATA names their folder.</summary>
internal static class TestData
{
    public static string? Find(string path) =>
        Environment.GetEnvironmentVariable("KLINGGEN_TESTDATA") is { Length: > 0 } folder && Path.Combine(folder, path) is var full && File.Exists(full) ? full : null;
}
