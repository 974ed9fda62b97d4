using System.Reflection;
using Fal;
using Fal.Tests.PublicApi;
using Fal.Wire;
using Xunit.Abstractions;

namespace KlingGen.Specs.Tests.Generated;

/// <summary>The catalogue as a user meets it: the emitted types and clients, against the documents they come from.</summary>
public sealed class GeneratedTests(ITestOutputHelper output)
{
    public static TheoryData<string> Endpoints => SpecFolder.AsTheory(SpecFolder.Endpoints);

    public static TheoryData<string> RuleDocuments => RuleTests.RuleDocuments;

    [Fact]
    public void Every_document_with_paths_has_a_client_and_the_path_leads_to_it()
    {
        Assert.Equal(SpecFolder.Endpoints.Order(StringComparer.Ordinal), GeneratedEndpoint.All.Select(endpoint => endpoint.Id));
        using var fal = new FalClient(new FalClientOptions { Key = "test:secret" });
        foreach (var endpoint in GeneratedEndpoint.All) Assert.Equal(endpoint.Client, ClientPath.Walk(fal, endpoint.Id).GetType());
        output.WriteLine($"{GeneratedEndpoint.All.Count} clients");
    }

    [Fact]
    public void Every_documented_example_passes_the_emitted_checks()
    {
        var examples = 0;
        foreach (var request in GeneratedEndpoint.All.Select(endpoint => endpoint.Request).Distinct())
        {
            var example = request.GetMethod("Example", BindingFlags.Public | BindingFlags.Static);
            Assert.True(example is not null, $"{request} shows no example");
            var checks = new FalChecks();
            Check(example.Invoke(null, null)!, checks);
            Assert.True(checks.Problems.Count == 0, $"{request}: {string.Join(", ", checks.Problems)}");
            examples++;
        }

        output.WriteLine($"{examples} examples");
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Right_requests_pass_the_emitted_checks(string endpoint)
    {
        var document = SpecFolder.ReadWithOverlay(endpoint + ".json");
        Assert.Empty(GeneratedEndpoint.Of(endpoint).Problems(ExampleRequests.Fullest(document)));
        Assert.Empty(GeneratedEndpoint.Of(endpoint).Problems(ExampleRequests.Smallest(document)));
    }

    /// <summary>
    /// Null for an optional member that must not be null is the one fault that the emitted types cannot make: null is
    /// how they say that a member is not sent, so a request that is read with one is written without it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Ten_wrong_variants_are_refused_by_the_emitted_checks_as_by_the_schema(string endpoint)
    {
        var document = SpecFolder.ReadWithOverlay(endpoint + ".json");
        var variants = WrongVariants.Pick(WrongVariants.Of(document, ExampleRequests.Fullest(document)), 10);
        Assert.Equal(10, variants.Count);
        var passed = variants.Where(variant => GeneratedEndpoint.Of(endpoint).Problems(variant.Body).Count == 0).ToList();
        Assert.All(passed, variant => Assert.True(variant.Kind == WrongKind.Null, variant.ToString()));
    }

    [Theory]
    [MemberData(nameof(RuleDocuments))]
    public void Each_rule_of_an_overlay_fires_in_the_emitted_checks_and_lets_the_near_miss_pass(string file)
    {
        var document = SpecFolder.ReadWithOverlay(file);
        foreach (var rule in RuleCases.All.Where(rule => rule.Document == file))
        {
            var type = document["paths"] is null ? GeneratedEndpoint.TypeNamed(rule.Type(document))
                : GeneratedEndpoint.Of(file[..^".json".Length]).Request;
            Assert.True(GeneratedEndpoint.Problems(type, rule.Breaking(document)).Count > 0, $"{rule} does not fire");
            var nearMiss = GeneratedEndpoint.Problems(type, rule.Keeping(document));
            Assert.True(nearMiss.Count == 0, $"{rule}: the near miss is refused: {string.Join(", ", nearMiss)}");
        }
    }

    [Fact]
    public void The_public_surface_of_the_catalogue_is_the_reviewed_one()
    {
        var types = ApiListing.Types(typeof(KlingVideoApp).Assembly)
            .Where(type => type.Namespace is { } ns && (ns == "Fal" || ns.StartsWith("Fal.Kling", StringComparison.Ordinal)));
        Golden.Matches("PublicApi.txt", ApiListing.Write(types));
    }

    private static void Check(object request, FalChecks checks)
        => typeof(GeneratedTests).GetMethod(nameof(CheckTyped), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(request.GetType())
            .Invoke(null, [request, checks]);

    private static void CheckTyped<T>(T request, FalChecks checks)
        where T : class, IFalObject<T>
        => request.Check(checks);
}
