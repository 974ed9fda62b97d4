using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG014: the language is older than the emitted code.</summary>
public sealed class KLG014Tests
{
    private static readonly SpecText Clip = new(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """));

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp10)]
    public void It_fires_once_and_nothing_is_emitted(LanguageVersion version)
    {
        var result = Driver.Create([Clip, .. Documents.Many(2)], version).RunGenerators(Driver.Compilation(version, NullableContextOptions.Disable))
            .GetRunResult();
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal(("KLG014", Location.None), (problem.Id, problem.Location));
        Assert.Empty(result.Results[0].GeneratedSources);
    }

    [Fact]
    public void CSharp_11_is_enough() => Assert.Empty(Driver.Run([Clip], LanguageVersion.CSharp11).Clean().Problems);

    [Fact]
    public void A_project_without_documents_may_be_as_old_as_it_likes()
        => Assert.Empty(Driver.Create([], LanguageVersion.CSharp7_3)
            .RunGenerators(Driver.Compilation(LanguageVersion.CSharp7_3, NullableContextOptions.Disable))
            .GetRunResult()
            .Diagnostics);
}
