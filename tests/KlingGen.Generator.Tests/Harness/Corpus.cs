namespace KlingGen.Generator.Tests;

/// <summary>
/// Genuine documents, which this repository does not contain. A proof over all of them takes minutes, so its short form takes a seeded sample:
/// KLINGGEN_SEED chooses another one, and KLINGGEN_LONG=1 takes all.
/// </summary>
internal static class Corpus
{
    private const int SampleSize = 60;

    /// <summary>The documents of one part, <c>current</c> or <c>older</c>, for tests with <see cref="TestDataFactAttribute"/>.</summary>
    public static IReadOnlyList<SpecText> Read(string part)
    {
        var paths = PathsOf(part);
        if (!Rounds.IsLong && paths.Length > SampleSize)
        {
            new Random(Rounds.FirstSeed).Shuffle(paths);
            paths = [.. paths.Take(SampleSize).Order(StringComparer.Ordinal)];
        }

        return Read(paths);
    }

    /// <summary>All documents of one part, for proofs that take milliseconds per document, or that compare the parts.</summary>
    public static IReadOnlyList<SpecText> ReadAll(string part) => Read(PathsOf(part));

    /// <summary>Some of the documents of <see cref="Read"/>, for proofs that take seconds per document.</summary>
    public static IReadOnlyList<SpecText> Read(string part, int count)
    {
        var documents = Read(part);
        return [.. documents.Where((_, i) => i % Math.Max(documents.Count / count, 1) == 0).Take(count)];
    }

    /// <summary>How many of the part's documents were taken, for the output of a test.</summary>
    public static string Count(IReadOnlyCollection<SpecText> documents, string part) => $"{documents.Count} of {PathsOf(part).Length} documents";

    private static SpecText[] Read(string[] paths) => [.. paths.Select(path => new SpecText(KeyOf(path), File.ReadAllText(path)))];

    private static string[] PathsOf(string part) => TestData.JsonFiles("corpus/" + part);

    private static string KeyOf(string path) => Path.GetFileNameWithoutExtension(path).Replace("__", "/", StringComparison.Ordinal);
}
