namespace KlingGen.Generator.Tests;

/// <summary>Genuine documents, which this repository does not contain.</summary>
internal static class Corpus
{
    /// <summary>The documents of one part, <c>current</c> or <c>older</c>, for tests with <see cref="TestDataFactAttribute"/>.</summary>
    public static IReadOnlyList<SpecText> Read(string part)
        => [.. TestData.JsonFiles("corpus/" + part).Select(path => new SpecText(KeyOf(path), File.ReadAllText(path)))];

    private static string KeyOf(string path) => Path.GetFileNameWithoutExtension(path).Replace("__", "/", StringComparison.Ordinal);
}
