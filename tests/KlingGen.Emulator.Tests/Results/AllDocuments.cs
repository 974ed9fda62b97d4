namespace Fal.Emulation.Tests.Results;

/// <summary>The bundled documents, and the genuine ones that this repository does not contain.</summary>
internal static class AllDocuments
{
    public static IEnumerable<(string Name, ServedDocument Document)> Bundled()
        => FalBundledSpecs.Paths.Where(path => !path.EndsWith(".overlay.json", StringComparison.Ordinal))
            .Select(path => (path, Text: FalBundledSpecs.Read(path)))
            // One document gives types alone.
            .Where(file => file.Text
                .Contains("\"paths\"", StringComparison.Ordinal))
            .Select(file => (file.path, ServedDocument.Read(file.Text, file.path)));

    public static IEnumerable<(string Name, ServedDocument Document)> Genuine()
        => TestData.JsonFiles("corpus").Select(file => (file, ServedDocument.Read(File.ReadAllText(file), Path.GetFileName(file))));
}
