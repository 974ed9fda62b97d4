namespace KlingGen.Analyzers.Tests;

/// <summary>The files of this repository, found from where the tests run.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KlingGen.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("KlingGen.sln was not found above " + AppContext.BaseDirectory);
    }
}
