using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests;

/// <summary><c>services.AddFalClients()</c>, which is emitted where the project has package KlingGen.Extensions.</summary>
public sealed class RegistrationTests
{
    // What the package declares, as far as the emitted code calls it.
    private const string Package =
        """
        namespace Microsoft.Extensions.DependencyInjection
        {
            internal interface IServiceCollection { }
            internal static class FalServiceCollectionExtensions
            {
                public static IServiceCollection AddFalClient<T>(
                    this IServiceCollection services, System.Func<Fal.FalClient, T> create, string? serviceKey = null)
                    where T : class => services;
            }
        }
        """;

    private const string Use =
        """
        namespace App
        {
            using Microsoft.Extensions.DependencyInjection;
            static class Setup { static void Run(IServiceCollection services) => services.AddFalClients().AddFalClients("team-b"); }
        }
        """;

    private static readonly SpecText Clip = Document("acme/lumen/clip");
    private static readonly SpecText Still = Document("acme/lumen/still");

    private static SpecText Document(string id)
        => new(id, Documents.Endpoint(id, """{"title": "In", "type": "object", "properties": {"a": {"type": "string"}}}"""));

    private static DriverOutcome Run(string? property, SpecText[] documents, MetadataReference[]? references = null, params string[] code)
    {
        var options = property is null ? new SpecOptions() : new SpecOptions(("FalEmitsRegistration", property));
        var compilation = Driver.Compilation(sources: code).AddReferences(references ?? []);
        var driver = Driver.Create(documents, options: options).RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _);
        return new DriverOutcome(driver.GetRunResult(), updated);
    }

    private static string[] Files(DriverOutcome outcome) => [.. outcome.Result.Results[0].GeneratedSources.Select(source => source.HintName)];

    [Fact]
    public void AddFalClients_registers_each_client_and_compiles()
    {
        var outcome = Run("true", [Clip, Still], null, "#nullable enable\n" + Package, Use).Clean();
        var text = outcome.Text("FalClients.g.cs");
        Assert.Contains("static fal => new global::Fal.Acme.Lumen.ClipClient(fal)", text, StringComparison.Ordinal);
        Assert.Contains("static fal => new global::Fal.Acme.Lumen.StillClient(fal)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    public void Without_the_package_nothing_is_emitted(string? property)
        => Assert.DoesNotContain("FalClients.g.cs", Files(Run(property, [Clip])));

    [Fact]
    public void Without_an_endpoint_nothing_is_emitted() => Assert.Empty(Files(Run("true", [])));

    [Fact]
    public void Clients_of_referenced_assemblies_are_registered_as_well()
    {
        var library = new Project("Library", Clip).Build();
        var outcome = Run("true", [Clip, Still], [library.Reference], "#nullable enable\n" + Package, Use).Clean();
        Assert.DoesNotContain("acme.lumen.clip.g.cs", Files(outcome));
        var text = outcome.Text("FalClients.g.cs");
        Assert.Contains("new global::Fal.Acme.Lumen.ClipClient(fal)", text, StringComparison.Ordinal);
        Assert.Contains("new global::Fal.Acme.Lumen.StillClient(fal)", text, StringComparison.Ordinal);
        var withoutDocuments = Run("true", [], [library.Reference], "#nullable enable\n" + Package);
        Assert.Contains("ClipClient(fal)", withoutDocuments.Text("FalClients.g.cs"), StringComparison.Ordinal);
    }
}
