using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests;

/// <summary>Adapters to Microsoft.Extensions.AI, which are emitted where the project has package KlingGen.AI.</summary>
public sealed class AIAdapterTests
{
    // What the packages declare, as far as the emitted code calls it.
    private const string Package =
        """
        #nullable enable
        namespace Microsoft.Extensions.AI
        {
            internal class AIFunction { }
            internal interface IImageGenerator { }
            internal interface ITextToSpeechClient { }
        }
        namespace Fal
        {
            internal sealed class FalAIFunctionOptions { }
            internal static class FalAIExtensions
            {
                public static Microsoft.Extensions.AI.AIFunction AsAIFunction(
                    object endpoint, string inputSchema, FalAIFunctionOptions options, string? summary = null) => new();
                public static Microsoft.Extensions.AI.IImageGenerator AsImageGenerator(
                    object endpoint, string inputSchema, FalSubmitOptions? options = null)
                    => throw new System.NotSupportedException();
                public static Microsoft.Extensions.AI.ITextToSpeechClient AsTextToSpeechClient(
                    object endpoint, string inputSchema, FalSubmitOptions? options = null)
                    => throw new System.NotSupportedException();
            }
        }
        """;

    private const string Use =
        """
        namespace App
        {
            using Fal;
            static class Setup
            {
                static void Run(FalClient fal)
                {
                    fal.Lumen().Clip.AsAIFunction(new());
                    fal.Lumen().Still.AsImageGenerator();
                    fal.Lumen().Speech.AsTextToSpeechClient(new() { MaxCost = 1 });
                }
            }
        }
        """;

    private const string Audio = """{"title": "Sound", "type": "object", "properties": {"audio": {"$ref": "#/components/schemas/File"}}}""";
    private const string Pictures =
        """{"title": "Pictures", "type": "object", "properties": {"images": {"type": "array", "items": {"$ref": "#/components/schemas/File"}}}}""";
    private const string File = """
        "File": {"title": "File", "type": "object", "properties": {"url": {"type": "string"}}, "required": ["url"]},
        """;

    private static readonly SpecText Clip = new("fal-ai/lumen/clip", Documents.Endpoint("fal-ai/lumen/clip", Input("prompt")));
    private static readonly SpecText Still = new("fal-ai/lumen/still", Documents.Endpoint("fal-ai/lumen/still", Input("prompt"), Pictures, File));
    private static readonly SpecText Speech = new("fal-ai/lumen/speech", Documents.Endpoint("fal-ai/lumen/speech", Input("text"), Audio, File));

    private static string Input(string member)
        => $$$$"""{"title": "In", "type": "object", "properties": {"{{{{member}}}}": {"type": "string", "maxLength": 9}}}""";

    private static DriverOutcome Run(string? property, SpecText[] documents, MetadataReference[]? references = null, params string[] code)
    {
        var options = property is null ? new SpecOptions() : new SpecOptions(("FalEmitsAI", property));
        var compilation = Driver.Compilation(sources: code).AddReferences(references ?? []);
        var driver = Driver.Create(documents, options: options).RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _);
        return new DriverOutcome(driver.GetRunResult(), updated);
    }

    private static string[] Adapters(DriverOutcome outcome)
        => [.. Sources(outcome).Select(source => source.HintName).Where(name => name.EndsWith("AI.g.cs", StringComparison.Ordinal))];

    private static ImmutableArray<GeneratedSourceResult> Sources(DriverOutcome outcome) => outcome.Result.Results[0].GeneratedSources;

    [Fact]
    public void Adapters_compile_with_the_schema_as_a_constant()
    {
        var outcome = Run("true", [Clip, Still, Speech], null, Package, Use).Clean();
        Assert.Equal(3, Adapters(outcome).Length);
        var text = outcome.Text("Fal_Lumen_ClipClientAI.g.cs");
        const string Schema = """const string InputSchema = "{\"title\":\"In\",\"type\":\"object\",\"properties\":{\"prompt\":""";
        Assert.Contains(Schema, text, StringComparison.Ordinal);
        Assert.DoesNotContain("AsImageGenerator", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AsTextToSpeechClient", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    public void Without_the_package_nothing_is_emitted(string? property)
    {
        var outcome = Run(property, [Clip]);
        Assert.Empty(Adapters(outcome));
        Assert.DoesNotContain(Sources(outcome), source => source.SourceText.ToString().Contains("maxLength", StringComparison.Ordinal));
    }

    [Fact]
    public void A_client_of_a_referenced_assembly_gets_adapters_where_the_document_is_known()
    {
        var library = new Project("Library", Clip).Build();
        var outcome = Run("true", [Clip], [library.Reference], Package).Clean();
        Assert.Single(Adapters(outcome));
        Assert.DoesNotContain(Sources(outcome), source => source.HintName == "fal-ai.lumen.clip.g.cs");
        Assert.Empty(Adapters(Run("true", [], [library.Reference], Package)));
    }
}
