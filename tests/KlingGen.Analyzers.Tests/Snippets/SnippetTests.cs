namespace KlingGen.Analyzers.Tests.Snippets;

/// <summary>
/// The tables in the text files of this folder: code as people write it, in each group with what must be reported and with its twins that must
/// be silent. Emitted types
/// come from the same project and from a library.
/// </summary>
public sealed class SnippetTests
{
    [Theory]
    [InlineData("Values")]
    [InlineData("CrossFieldRules")]
    [InlineData("Media")]
    [InlineData("Usage")]
    public async Task What_is_marked_is_reported_and_nothing_else(string table)
    {
        await SnippetTable.Check(Read(table), Origin.Source);
        await SnippetTable.Check(Read(table), Origin.Library);
    }

    [Theory]
    [InlineData("Values")]
    [InlineData("CrossFieldRules")]
    [InlineData("Media")]
    [InlineData("Usage")]
    public void A_group_has_a_hundred_snippets_of_which_at_least_a_third_are_silent(string table)
    {
        var rows = SnippetTable.Rows(Read(table));
        Assert.True(rows.Count >= 100, $"{rows.Count} snippets");
        Assert.InRange(rows.Count(row => row.Contains("{|KLG", StringComparison.Ordinal)), rows.Count / 3, rows.Count * 2 / 3);
    }

    [Theory]
    [InlineData("RuntimeIdentifier", "browser-wasm")]
    [InlineData("UsingMicrosoftNETSdkBlazorWebAssembly", "true")]
    public Task A_key_in_a_browser_project_is_reported(string property, string value)
        => SnippetTable.Check(Read("Browser"), Origin.Library, (property, value));

    [Fact]
    public Task Long_data_uris_are_followed() => SnippetTable.Check(
        """
        _ = CLIP{ ImageUrl = {|KLG109:"data:image/png;base64," + LONG|} };
        const string uri = "data:image/png;base64," + LONG; _ = CLIP{ ImageUrl = {|KLG109:uri|} };
        var uri = "data:image/png;base64," + new string('A', 20_000); _ = CLIP{ ImageUrl = {|KLG109:uri|} };
        var uri = "data:image/png;base64," + new string('A', 2_000); _ = CLIP{ ImageUrl = uri };
        """.Replace("LONG", '"' + new string('A', 20_000) + '"', StringComparison.Ordinal),
        Origin.Library);

    private static string Read(string table) => Repository.Read("tests", "KlingGen.Analyzers.Tests", "Snippets", table + ".txt");
}
