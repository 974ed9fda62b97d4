using System.CommandLine;
using KlingGen.Planning;

namespace KlingGen.Cli.Documents;

/// <summary>The options that select the documents of a command.</summary>
internal static class SpecOptions
{
    private const string DefaultFolder = "specs";

    public static Argument<string[]> Paths() => new("specs")
    {
        Description = "Documents and folders of documents; by default the folder specs.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<string[]> Endpoints()
    {
        var option = new Option<string[]>("--endpoints")
        {
            HelpName = "patterns",
            Description = "Patterns for the documents of the package, as in FalEndpoints.",
            AllowMultipleArgumentsPerToken = true,
        };
        option.CompletionSources.Add(EndpointIds.Complete);
        return option;
    }

    public static Option<string[]> Local() => new("--specs")
    {
        Description = "Your own documents and folders of documents; by default the folder specs if it exists.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>What <see cref="Local"/> names; nothing is an answer as well.</summary>
    /// <exception cref="ToolException">What was named is not there.</exception>
    public static IReadOnlyList<SpecInput> LocalFiles(string[]? paths)
        => SpecFiles.Read(paths is { Length: > 0 } ? paths : LocalFolders());

    /// <summary>The default folder of the user's documents.</summary>
    public static string[] LocalFolders() => Directory.Exists(DefaultFolder) ? [DefaultFolder] : [];

    /// <exception cref="ToolException">Nothing was named and there is no folder, or what was named is not there.</exception>
    public static SpecSet Read(ParseResult arguments, Argument<string[]> paths, Option<string[]> endpoints)
    {
        var patterns = Patterns(arguments.GetValue(endpoints));
        return SpecSet.Read(Files(arguments.GetValue(paths) ?? [], patterns.Count > 0), patterns);
    }

    private static IReadOnlyList<SpecInput> Files(string[] paths, bool mayBeNone)
    {
        if (paths.Length == 0) paths = LocalFolders();
        if (paths.Length == 0) return mayBeNone ? [] : throw new ToolException("Name a document or a folder: there is no folder 'specs' here.");
        var files = SpecFiles.Read(paths);
        return files.Count > 0 || mayBeNone
            ? files
            : throw new ToolException($"There is no document (*.json) in {string.Join(", ", paths.Select(path => $"'{path}'"))}.");
    }

    /// <summary>The patterns of an option.</summary>
    /// <exception cref="ToolException">One matches nothing.</exception>
    public static List<string> Patterns(string[]? values)
    {
        List<string> patterns = [.. (values ?? []).SelectMany(EndpointGlob.Split).Distinct()];
        if (patterns.Count == 0) return patterns;
        string[] idle = [.. EndpointGlob.Idle(patterns, [.. SpecFiles.Bundled().Select(file => file.Key)])];
        if (idle.Length == 0) return patterns;
        var next = EndpointHint.Nearest(idle[0], [.. EndpointIds.Bundled()]) is { } nearest ? $"did you mean '{nearest}'?"
            : "'klinggen list' shows them.";
        throw new ToolException($"'{idle[0]}' matches none of the endpoints that come with the package; {next}");
    }
}
