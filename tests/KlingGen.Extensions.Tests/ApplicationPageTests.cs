namespace Fal.Tests;

/// <summary>The first web app of docs/APPLICATION.md, which tests/Consumer/Web builds and tests from the packages.</summary>
public sealed class ApplicationPageTests
{
    [Theory]
    [InlineData("Program.cs")]
    [InlineData("appsettings.json")]
    [InlineData("ClipsTests.cs")]
    public void The_page_shows_the_whole_file(string file)
    {
        var page = Repository.Read("generator", "docs", "APPLICATION.md").ReplaceLineEndings("\n");
        var sample = Repository.Read("tests", "Samples", "FirstApp", file).ReplaceLineEndings("\n");
        Assert.Contains("\n" + sample + "```", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_web_app_has_fewer_than_forty_lines()
        => Assert.InRange(Repository.Read("tests", "Samples", "FirstApp", "Program.cs").TrimEnd().Split('\n').Length, 10, 39);
}
