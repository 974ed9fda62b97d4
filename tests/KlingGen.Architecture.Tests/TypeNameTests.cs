namespace KlingGen.Architecture.Tests;

/// <summary>A type name means one type: no production type is called like another one, or like a type of the base library.</summary>
public sealed class TypeNameTests
{
    private static readonly IReadOnlyList<ProjectType> Production = TypeNames.OfProduction();

    [Fact]
    public void Production_types_have_no_name_of_the_base_library()
        => Assert.Equal("", string.Join('\n', TypeNames.TakenFromBaseLibrary(Production, TypeNames.OfBaseLibrary())));

    [Fact]
    public void Production_types_share_no_name() => Assert.Equal("", string.Join('\n', TypeNames.Shared(Production)));

    [Fact]
    public void Types_of_every_project_are_read()
    {
        Assert.Equal(Projects.Assemblies.Keys.Order(), Production.Select(type => type.Project).Distinct().Order());
        Assert.Contains(new ProjectType("runtime/KlingGen.Runtime", "Fal", "FalJob"), Production);
        Assert.Contains(new ProjectType("generator/KlingGen.Core", "KlingGen.Json", "SpecNode"), Production);
        Assert.DoesNotContain(Production, type => type is { Project: "generator/KlingGen.Generator", Name: "SpecNode" });
    }

    [Theory]
    [InlineData("JsonNode")]
    [InlineData("JsonSerializerContext")]
    [InlineData("Range")]
    [InlineData("Action")]
    [InlineData("Uri")]
    public void A_name_of_the_base_library_is_reported(string name)
        => Assert.Equal([$"a: {name}"], TypeNames.TakenFromBaseLibrary([new("a", "A", name), new("a", "A", "Own")], TypeNames.OfBaseLibrary()));

    [Fact]
    public void A_shared_name_is_reported_once()
        => Assert.Equal(
            ["Words: a (A), b (B)"],
            TypeNames.Shared([new("b", "B", "Words"), new("a", "A", "Words"), new("a", "A", "Job"), new("a", "A", "Job")]));
}
