using System.CommandLine.Completions;
using Fal.Emulation;
using KlingGen.Overlays;
using KlingGen.Planning;

namespace KlingGen.Cli.Documents;

/// <summary>The ids of known endpoints, for completion and for "did you mean".</summary>
internal static class EndpointIds
{
    private const string Ending = ".json";

    /// <summary>The endpoints of the bundled documents.</summary>
    public static IEnumerable<string> Bundled()
        => FalBundledSpecs.Paths.Select(path => path[..^Ending.Length])
        .Where(key => !OverlayPairs.IsOverlay(key) && FalBundledSpecs.Read(key + Ending).Contains("\"paths\"", StringComparison.Ordinal));

    /// <summary>The endpoints of the bundled documents and of those in the folder specs.</summary>
    public static IEnumerable<string> Known() => Bundled().Concat(Local()).Distinct();

    /// <summary>Bundled endpoints and documents in the folder specs that begin with what was typed.</summary>
    public static IEnumerable<CompletionItem> Complete(CompletionContext context)
        => Known().Where(id => id.StartsWith(context.WordToComplete, StringComparison.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal)
            .Select(id => new CompletionItem(id));

    /// <summary>The id in what the user typed or pasted: URLs of fal.ai are accepted.</summary>
    public static string FromUser(string text) => EndpointUrl.ToId(text.Trim()).Trim('/');

    private static IEnumerable<string> Local()
        => SpecOptions.LocalFolders().SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Ending, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')[..^Ending.Length]).Where(key => !OverlayPairs.IsOverlay(key)));
}
