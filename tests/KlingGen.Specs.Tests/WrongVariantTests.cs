using Xunit.Abstractions;

namespace KlingGen.Specs.Tests;

/// <summary>What a spec forbids is refused: at least ten wrong requests for each endpoint, judged by NJsonSchema on the same document.</summary>
public sealed class WrongVariantTests(ITestOutputHelper output)
{
    public static TheoryData<string> Endpoints => SpecFolder.AsTheory(SpecFolder.Endpoints);

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Ten_wrong_variants_and_more_are_refused(string endpoint)
    {
        var document = SpecFolder.ReadEndpoint(endpoint);
        var judge = new JsonSchemaJudge(document);
        var variants = Variants(endpoint);
        Assert.True(variants.Count >= 10);
        Assert.All(variants, v => Assert.True(judge.Problems(document.InputName(), v.Body).Count > 0, v.ToString()));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_second_opinion_refuses_them_too_with_those_of_the_overlay(string endpoint)
    {
        var document = SpecFolder.ReadWithOverlay(endpoint + ".json");
        var variants = WrongVariants.Of(document, ExampleRequests.Fullest(document));
        Assert.True(variants.Count >= Variants(endpoint).Count);
        Assert.All(variants, v => Assert.True(SchemaRules.Problems(document, document.InputName(), v.Body).Count > 0, v.ToString()));
    }

    [Fact]
    public void Every_kind_of_fault_occurs_and_the_ten_picked_for_an_endpoint_hold_all_its_kinds()
    {
        var all = SpecFolder.Endpoints.ToDictionary(e => e, Variants);
        foreach (var variants in all.Values)
        {
            var picked = WrongVariants.Pick(variants, 10);
            Assert.Equal(10, picked.Distinct().Count());
            Assert.Empty(variants.Select(v => v.Kind).Except(picked.Select(v => v.Kind)));
        }

        var counts = all.Values.SelectMany(v => v).GroupBy(v => v.Kind).ToDictionary(g => g.Key, g => g.Count());
        var list = string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"));
        output.WriteLine($"{all.Count} endpoints, {counts.Values.Sum()} wrong variants: {list}");
        WrongKind[] ofOverlaysOnly = [WrongKind.TooFewItems, WrongKind.TooManyItems];
        Assert.Equal(Enum.GetValues<WrongKind>().Except(ofOverlaysOnly).Order(), counts.Keys.Order());
    }

    private static IReadOnlyList<WrongVariant> Variants(string endpoint) =>
        WrongVariants.Of(SpecFolder.ReadEndpoint(endpoint), ExampleRequests.Fullest(SpecFolder.ReadWithOverlay(endpoint + ".json")));
}
