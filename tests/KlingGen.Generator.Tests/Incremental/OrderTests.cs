using System.Globalization;

namespace KlingGen.Generator.Tests.Incremental;

/// <summary>The same documents give the same bytes on every machine and in every order of files.</summary>
public sealed class OrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_order_of_the_files_changes_no_byte(int seed)
    {
        var ordered = Everything(Files());
        var shuffled = Files();
        new Random(seed).Shuffle(shuffled);
        Assert.NotEqual(Files().Select(file => file.Key), shuffled.Select(file => file.Key));
        Assert.Equal(ordered, Everything(shuffled));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")]
    [InlineData("ar-SA")]
    public void The_culture_changes_no_byte(string culture)
    {
        var ordered = Everything(Files());
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(ordered, Everything(Files()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Documents_that_disagree_are_told_apart_the_same_way_in_any_order()
    {
        SpecText[] files =
        [
            Clip("acme/lumen/one", """ "size": {"type": "integer"} """), Clip("acme/lumen/two", """ "size": {"type": "string"} """), Clip(
                "acme/lumen/three",
                """ "size": {"type": "number"} """),
        ];
        Assert.Equal(Everything(files), Everything([files[2], files[0], files[1]]));
        Assert.Contains("KLG009", Everything(files), StringComparison.Ordinal);
    }

    private static SpecText Clip(string id, string members) => new(id, Documents.WithMembers(members, id));

    private static SpecText[] Files() =>
    [
        .. Documents.Many(6),
        Clip(
            "acme/lumen/one",
            """ "İndex": {"type": "integer"}, "guidance": {"type": "number", "minimum": 0.5, "maximum": 1.25, "default": 0.75} """),
        Clip("acme/lumen/two", """ "size": {"type": "string", "enum": ["16:9", "title", "IN_PROGRESS", "ıi"]} """),
        Clip("fal-ai/title/inner", """ "title": {"type": "string", "maxLength": 1000000} """),
    ];

    /// <summary>All files and all diagnostics as one text.</summary>
    private static string Everything(IEnumerable<SpecText> files)
    {
        var result = Driver.Run(files).Result;
        var sources = result.Results[0].GeneratedSources.OrderBy(source => source.HintName, StringComparer.Ordinal)
            .Select(source => source.HintName + "\n" + source.SourceText);
        return string.Join("\n", [.. sources, .. result.Diagnostics.Select(problem => problem.ToString()).Order(StringComparer.Ordinal)]);
    }
}
