namespace KlingGen.Core.Tests;

/// <summary>The documents of this repository and, where KLINGGEN_TESTDATA names their folder, the genuine ones that are no part of it.</summary>
internal static class Documents
{
    public static IEnumerable<string> Specs() => Read(Path.Combine(Root(), "specs"), SearchOption.AllDirectories);

    public static IEnumerable<string> Genuine()
        => Environment.GetEnvironmentVariable("KLINGGEN_TESTDATA") is { Length: > 0 } folder ? Read(Path.Combine(folder, "corpus", "current"), SearchOption.TopDirectoryOnly) : [];

    /// <summary>An endpoint's spec that the repository holds.</summary>
    public static string Spec(string path) => File.ReadAllText(Path.Combine(Root(), "specs", path));

    private static IEnumerable<string> Read(string folder, SearchOption depth)
        => Directory.GetFiles(folder, "*.json", depth).Order(StringComparer.Ordinal).Select(File.ReadAllText);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KlingGen.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds KlingGen.sln.");
    }
}
