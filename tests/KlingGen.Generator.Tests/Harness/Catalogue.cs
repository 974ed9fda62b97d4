namespace KlingGen.Generator.Tests;

/// <summary>The bundled documents and overlays.</summary>
internal static class Catalogue
{
    public static SpecText[] Read()
        => [.. Directory.GetFiles(Repository.Specs, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new SpecText(KeyOf(path), File.ReadAllText(path)))];

    private static string KeyOf(string path) => Path.ChangeExtension(Path.GetRelativePath(Repository.Specs, path), null).Replace('\\', '/');
}
