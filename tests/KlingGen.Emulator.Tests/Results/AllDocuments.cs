namespace Fal.Emulation.Tests.Results;

/// <summary>Every document there is: the bundled ones and, where KLINGGEN_TESTDATA names their folder, the genuine ones that are no part of this repository.</summary>
internal static class AllDocuments
{
    public static IEnumerable<(string Name, ServedDocument Document)> Bundled()
        => FalBundledSpecs.Paths.Where(path => !path.EndsWith(".overlay.json", StringComparison.Ordinal)).Select(path => (path, Text: FalBundledSpecs.Read(path)))
            // One document gives types alone.
            .Where(file => file.Text.Contains("\"paths\"", StringComparison.Ordinal)).Select(file => (file.path, ServedDocument.Read(file.Text, file.path)));

    /// <summary>Null where there are none.</summary>
    public static IEnumerable<(string Name, ServedDocument Document)>? Genuine()
    {
        if (Environment.GetEnvironmentVariable("KLINGGEN_TESTDATA") is not { Length: > 0 } folder) return null;
        return Directory.EnumerateFiles(Path.Combine(folder, "corpus"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (file, ServedDocument.Read(File.ReadAllText(file), Path.GetFileName(file))));
    }
}
