namespace KlingGen.Generator.Tests;

/// <summary>The files of this repository, found from where the tests run.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>The catalogue: every document and overlay below <c>specs</c>.</summary>
    public static SpecText[] Catalogue()
    {
        var folder = Path.Combine(Root, "specs");
        return [.. Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new SpecText(Path.ChangeExtension(Path.GetRelativePath(folder, path), null).Replace('\\', '/'), File.ReadAllText(path)))];
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KlingGen.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("KlingGen.sln was not found above " + AppContext.BaseDirectory);
    }
}
