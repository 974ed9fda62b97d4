using System.Globalization;
using System.Text.Json.Nodes;
using KlingGen.Model;
using KlingGen.Overlays;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>The same documents give the same bytes, wherever they are read and in whatever order.</summary>
public sealed class DeterminismTests(ITestOutputHelper output)
{
    private static readonly string[] BundledKeys =
    [
        "fal-ai/kling-video/v1/tts", "fal-ai/kling-video/v1.6/pro/elements", "fal-ai/kling-video/v1.6/standard/elements",
        "fal-ai/kling-video/v3/pro/image-to-video", "fal-ai/kling-video/lipsync/types",
        "fal-ai/kling-image/o1", "fal-ai/kling-video/v1.5/pro/effects", "fal-ai/kling-video/v2.6/pro/motion-control",
    ];

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fi-FI")]
    public void The_culture_changes_no_byte(string culture) => CheckCulture(culture, Bundled());

    [TestDataTheory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_culture_changes_no_byte_of_genuine_documents(string culture) => CheckCulture(culture, Genuine());

    [Fact]
    public void A_second_run_and_another_order_of_the_documents_change_no_byte() => CheckOrderOfDocuments(Bundled());

    [TestDataFact]
    public void A_second_run_and_another_order_of_genuine_documents_change_no_byte() => CheckOrderOfDocuments(Genuine());

    [Fact]
    public void The_order_of_keys_changes_no_byte_where_the_document_gives_an_order() => CheckOrderOfKeys(Bundled());

    [TestDataFact]
    public void The_order_of_keys_changes_no_byte_of_genuine_documents() => CheckOrderOfKeys(Genuine());

    private void CheckCulture(string culture, Input[] documents)
    {
        var invariant = In("", () => Text(documents));
        var elsewhere = In(culture, () => Text(documents));
        output.WriteLine($"{documents.Length} documents, {invariant.Length} characters");
        Assert.True(invariant == elsewhere, culture + " gives other text");
    }

    private void CheckOrderOfDocuments(Input[] documents)
    {
        var first = Text(documents);
        Assert.True(first == Text(documents), "the second run differs");
        var shuffled = (Input[])documents.Clone();
        new Random(7).Shuffle(shuffled);
        Assert.True(first == Text(shuffled), "another order of the documents differs");
        output.WriteLine($"{documents.Length} documents");
    }

    private void CheckOrderOfKeys(Input[] documents)
    {
        var (count, wrong) = (0, new List<string>());
        foreach (var (key, text, overlays) in documents)
        {
            // Without paths the order of the types is that of the document.
            var root = JsonNode.Parse(text)!;
            if (root["paths"] is not JsonObject { Count: > 0 }) continue;
            count++;
            var expected = Text([new(key, text, overlays)]);
            for (var seed = 1; seed <= 2; seed++)
            {
                var shuffled = Mutations.Shuffle(root, new Random(seed))!.ToJsonString();
                if (Text([new(key, shuffled, overlays)]) != expected) wrong.Add($"{key} with seed {seed}");
            }
        }

        output.WriteLine($"{count} documents, each in two other orders");
        Assert.True(count > 0);
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Take(30)));
    }

    private static Input[] Bundled()
        =>
        [
            new(InventedDocument.Key, InventedDocument.Text, [new SpecOverlay("/o.json", InventedDocument.Overlay)]),
            .. BundledKeys.Select(Pipeline.Bundled).Select(item => new Input(item.Key, item.Text, item.Overlays)),
        ];

    private static Input[] Genuine() => [.. Corpus.Read("current").Select(document => new Input(document.Key, document.GetText().ToString(), []))];

    /// <summary>Sorted by name of file, so that only the files themselves are compared.</summary>
    private static string Text(IEnumerable<Input> documents)
    {
        var models = new List<SpecModel?>();
        foreach (var (key, text, overlays) in documents) models.Add(Pipeline.Read(key, text, overlays).Model);
        var files = Pipeline.Emit([.. models]).OrderBy(file => file.HintName, StringComparer.Ordinal);
        return string.Concat(files.Select(file => file.HintName + "\n" + file.Text));
    }

    private static string In(string culture, Func<string> work)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return work();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private sealed record Input(string Key, string Text, SpecOverlay[] Overlays);
}
