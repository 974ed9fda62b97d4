using System.Text;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests;

/// <summary>
/// Genuine documents that are no part of this repository. The variable KLINGGEN_TESTDATA names the folder that holds them; without it the tests
/// that need them say so and pass.
/// </summary>
internal static class Corpus
{
    public static string? Folder => Environment.GetEnvironmentVariable("KLINGGEN_TESTDATA") is { Length: > 0 } folder ? Path.Combine(folder, "corpus") : null;

    public static IReadOnlyList<SpecText> Read(string part)
        => Folder is null ? [] : [.. Directory.GetFiles(Path.Combine(Folder, part), "*.json").Order(StringComparer.Ordinal).Select(Load)];

    /// <summary>False, with a word in the output, if there are none.</summary>
    public static bool IsHere(ITestOutputHelper output)
    {
        if (Folder is not null) return true;
        output.WriteLine("Skipped: KLINGGEN_TESTDATA is not set, so there are no genuine documents to run.");
        return false;
    }

    private static SpecText Load(string path)
        => new(Path.GetFileNameWithoutExtension(path).Replace("__", "/", StringComparison.Ordinal), File.ReadAllText(path, Encoding.UTF8));
}
