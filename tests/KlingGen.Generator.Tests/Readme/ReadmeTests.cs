using System.Runtime.CompilerServices;

namespace KlingGen.Generator.Tests.Readme;

/// <summary>What the README shows is compiled against what the generator makes of the repository's documents.</summary>
public sealed class ReadmeTests
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    [Fact]
    public void The_first_example_compiles()
    {
        var readme = File.ReadAllText(Path.Combine(Repository, "README.md"));
        var start = readme.IndexOf("```csharp", StringComparison.Ordinal) + "```csharp".Length;
        var lines = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)].Split('\n');
        var usings = lines.Where(IsDirective).Append("using System;");
        var body = lines.Where(line => !IsDirective(line));
        var program = $$"""
            {{string.Join('\n', usings)}}

            internal static class Program
            {
                internal static async System.Threading.Tasks.Task Main()
                {
                    {{string.Join('\n', body)}}
                }
            }
            """;
        Driver.Run(Documents(), sources: program).Clean();
    }

    private static bool IsDirective(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=', StringComparison.Ordinal);

    private static IEnumerable<SpecText> Documents()
    {
        var root = Path.Combine(Repository, "specs");
        return Directory.GetFiles(root, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new SpecText(Path.ChangeExtension(Path.GetRelativePath(root, path), null).Replace('\\', '/'), File.ReadAllText(path)));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
