namespace KlingGen.AspNetCore.Tests;

public sealed class DocsTests
{
    [Fact]
    public void The_code_in_the_README_of_the_package_is_compiled()
    {
        var sample = Repository.Read("tests/Samples/Web/Program.cs").ReplaceLineEndings("\n");
        var blocks = Repository.Read("runtime/KlingGen.AspNetCore/README.md").ReplaceLineEndings("\n").Split("```csharp\n")[1..];
        Assert.Equal(2, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(block.Split("```")[0], sample, StringComparison.Ordinal));
    }
}
