using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>The location of the tool <c>klinggen</c>: the command, and the arguments before <c>serve</c>.</summary>
internal sealed record EmulatorTool(string Command, params string[] Arguments)
{
    private const string Name = "klinggen";
    private const string Package = "klinggen.cli";

    /// <summary>
    /// Finds the tool: at the given path, or else in the tool manifest of the folder or a parent folder, or else on PATH.
    /// Null if it is not found.
    /// </summary>
    public static EmulatorTool? Find(string? path, string folder, string? searchPath)
    {
        if (path is not null)
        {
            var full = Path.GetFullPath(path, folder);
            return File.Exists(full) ? new EmulatorTool(full) : null;
        }
        if (IsInManifest(folder)) return new EmulatorTool("dotnet", "tool", "run", Name, "--");
        var file = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        var found = (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(part => Path.Combine(part, file)).FirstOrDefault(File.Exists);
        return found is null ? null : new EmulatorTool(found);
    }

    /// <summary>The error message if the tool is not found.</summary>
    public static string NotFound(string? path) => path is null
        ? "The tool 'klinggen', which is the emulator of fal, is neither in a tool manifest nor on PATH. Install it with "
            + "'dotnet tool install KlingGen.Cli' in a folder with a tool manifest, or with 'dotnet tool install --global KlingGen.Cli', "
            + "or name its file: RunAsEmulator(toolPath: …)."
        : $"RunAsEmulator: there is no file '{path}'. Correct the path, or leave toolPath out and install the tool with "
            + "'dotnet tool install KlingGen.Cli'.";

    private static bool IsInManifest(string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            string[] manifests = [Path.Combine(place.FullName, ".config", "dotnet-tools.json"), Path.Combine(place.FullName, "dotnet-tools.json")];
            foreach (var manifest in manifests.Where(File.Exists))
            {
                var (named, isRoot) = Read(manifest);
                if (named) return true;
                if (isRoot) return false;
            }
        }
        return false;
    }

    private static (bool IsNamed, bool IsRoot) Read(string manifest)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllBytes(manifest), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var isRoot = json.RootElement.TryGetProperty("isRoot", out var root) && root.ValueKind == JsonValueKind.True;
            var isNamed = json.RootElement.TryGetProperty("tools", out var tools)
                && tools.EnumerateObject().Any(tool => tool.Name.Equals(Package, StringComparison.OrdinalIgnoreCase));
            return (isNamed, isRoot);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return (false, false); // dotnet itself reports the error in the manifest.
        }
    }
}
