using System.Runtime.CompilerServices;

namespace KlingGen.OpenApi.Tests;

/// <summary>The documents below <c>specs/</c>, by their path there.</summary>
internal static class SpecFolder
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "specs"));

    public static IEnumerable<string> Documents()
        => Directory.EnumerateFiles(Root, "*.json", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".overlay.json", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
