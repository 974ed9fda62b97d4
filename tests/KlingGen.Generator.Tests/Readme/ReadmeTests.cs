namespace KlingGen.Generator.Tests.Readme;

/// <summary>What the README shows is compiled against what the generator makes of the repository's documents.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_first_example_compiles()
    {
        var readme = Repository.Read("README.md");
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
        Driver.Run(Catalogue.Read(), sources: program).Clean();
    }

    private static bool IsDirective(string line)
        => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=', StringComparison.Ordinal);
}
