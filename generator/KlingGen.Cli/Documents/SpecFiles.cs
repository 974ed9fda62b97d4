using Fal.Emulation;

namespace KlingGen.Cli.Documents;

/// <summary>Finds documents and overlays: in files and folders of the user's, and among those that come with the tool.</summary>
internal static class SpecFiles
{
    private const string Ending = ".json";
    private const string OverlayEnding = ".overlay.json";
    private const string EnumsFile = "enums.overlay.json";

    /// <summary>
    /// Reads files and folders. Keys count from the nearest folder called <c>specs</c> at or above what was named, as
    /// in a project; where there is none, from the folder that was named. A document brings the overlay beside it, and
    /// the shared enums defined in its folder and above.
    /// </summary>
    /// <exception cref="ToolException">Something is not there, or cannot be read.</exception>
    public static IReadOnlyList<SpecInput> Read(IEnumerable<string> paths)
    {
        var found = new SortedDictionary<string, SpecInput>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml")
                throw new ToolException($"'{path}' is YAML; documents are JSON, as fal serves them. Convert it, or use 'klinggen pull'.");
            var full = Path.GetFullPath(path);
            if (Directory.Exists(full)) AddFolder(path, full, found);
            else if (File.Exists(full)) AddFile(path, full, found);
            else throw new ToolException($"There is no file or folder '{path}'.");
        }

        return [.. found.Values];
    }

    /// <summary>The documents and overlays that come with the tool.</summary>
    public static IReadOnlyList<SpecInput> Bundled()
        => [.. FalBundledSpecs.Paths
            .Select(path => new SpecInput("bundled:" + path, path[..^Ending.Length], IsBundled: true, FalBundledSpecs.Read(path)))];

    private static void AddFolder(string path, string full, SortedDictionary<string, SpecInput> found)
    {
        var root = SpecsFolderOf(full) ?? full;
        var files = Directory.EnumerateFiles(full, "*" + Ending, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        foreach (var file in files) Add(Path.Combine(path, Path.GetRelativePath(full, file)), file, root, found);
        AddEnumsAbove(path, full, root, found);
    }

    private static void AddFile(string path, string full, SortedDictionary<string, SpecInput> found)
    {
        var folder = Path.GetDirectoryName(full)!;
        var root = SpecsFolderOf(folder) ?? folder;
        Add(path, full, root, found);
        if (full.EndsWith(OverlayEnding, StringComparison.Ordinal)) return;
        var overlay = Path.ChangeExtension(full, OverlayEnding);
        if (File.Exists(overlay)) Add(Path.ChangeExtension(path, OverlayEnding), overlay, root, found);
        AddEnumsAbove(path, full, root, found);
    }

    /// <summary>Adds the shared enums that are defined in the folders from the specs folder down to a document or a folder.</summary>
    private static void AddEnumsAbove(string path, string full, string root, SortedDictionary<string, SpecInput> found)
    {
        for (var at = full; at != root && Path.GetDirectoryName(at) is { } above && above.StartsWith(root, StringComparison.Ordinal); at = above)
        {
            var enums = Path.Combine(above, EnumsFile);
            if (File.Exists(enums)) Add(Path.IsPathRooted(path) ? enums : Path.GetRelativePath(Directory.GetCurrentDirectory(), enums), enums, root,
                found);
        }
    }

    private static void Add(string shown, string full, string root, SortedDictionary<string, SpecInput> found)
    {
        var key = Path.GetRelativePath(root, full).Replace('\\', '/');
        key = key.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? key[..^Ending.Length] : key;
        try
        {
            found[full] = new SpecInput(shown.Replace('\\', '/'), key, IsBundled: false, File.ReadAllText(full));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"'{shown}' cannot be read: {ex.Message}", ex);
        }
    }

    private static string? SpecsFolderOf(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (at.Name == "specs") return at.FullName;
        }

        return null;
    }
}
