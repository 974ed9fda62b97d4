namespace KlingGen.Architecture.Tests;

/// <summary>The folders of every project form a directed acyclic graph, the one that ARCHITECTURE.md shows.</summary>
public sealed class LayerTests
{
    private static readonly LayerTable Table = LayerTable.Read(Repository.Read("generator", "docs", "ARCHITECTURE.md"));

    public static TheoryData<string> All => [.. Projects.Assemblies.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void A_folder_uses_lower_layers_only(string project)
    {
        var edges = FolderGraph.Edges(Projects.PathOf(project), project);
        var wrong = edges.Where(edge => !(Table.LayerOf(project, edge.Folder) > Table.LayerOf(project, edge.Uses)))
            .Select(edge => $"{edge.Folder} -> {edge.Uses}: {edge.Type} uses {edge.UsedType}").Distinct();
        Assert.Equal([], wrong);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_table_names_every_folder_with_types_and_no_other(string project)
    {
        var folders = FolderGraph.Types(Projects.PathOf(project), project).Select(type => type.Folder).Distinct().Order();
        Assert.Equal(folders, Table.Rows[project].SelectMany(layer => layer).Order());
    }

    [Fact]
    public void The_table_has_a_row_for_every_project() => Assert.Equal(Projects.All.Order(), Table.Rows.Keys.Order());

    [Fact]
    public void A_cycle_is_seen_in_a_compiled_assembly()
    {
        const string Project = "tests/KlingGen.Architecture.Tests/Samples";
        var edges = FolderGraph.Edges(typeof(LayerTests).Assembly.Location, Project).Select(edge => $"{edge.Folder} -> {edge.Uses}: {edge.UsedType}");
        Assert.Equal(
            [
                "Lower -> Upper: UpperKind",
                "Upper -> Lower: LowerAttribute",
                "Upper -> Lower: LowerBase",
                "Upper -> Lower: LowerHelper",
                "Upper -> Lower: LowerResult",
            ],
            edges.Distinct().Order());
    }
}
