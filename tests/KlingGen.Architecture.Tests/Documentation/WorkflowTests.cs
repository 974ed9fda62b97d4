namespace KlingGen.Architecture.Tests.Documentation;

/// <summary>The workflow of the repository runs the gate and, on each system, the commands that README shows.</summary>
public sealed class WorkflowTests
{
    [Fact]
    public void Workflow_runs_the_commands_of_README_and_the_gate()
    {
        var readme = MarkdownPage.All.Single(page => page.Path == "README.md");
        var commands = readme.Blocks.Single(block => block.Lines.Any(line => line.StartsWith("dotnet test ", StringComparison.Ordinal))).Lines;
        Assert.Equal(2, commands.Count);
        var workflow = Repository.Read(".github", "workflows", "ci.yml");
        Assert.All(commands, command => Assert.Contains($"- run: {command}\n", workflow, StringComparison.Ordinal));
        Assert.Contains(" .ci/run\n", workflow, StringComparison.Ordinal);
    }
}
