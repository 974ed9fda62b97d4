using KlingGen.Planning;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>
/// Prints the adapters of one endpoint to Microsoft.Extensions.AI, for projects that have package KlingGen.AI: extension methods that bring the
/// request's JSON Schema along, as one constant.
/// </summary>
internal static class AIAdapterEmitter
{
    private const string AI = "global::Microsoft.Extensions.AI.";
    private const string Adapters = "global::Fal.FalAIExtensions";

    public static SourceFile Emit(AIAdapterModel model, EmissionOptions options)
    {
        var schema = model.Schema;
        var id = DocComment.Code(schema.EndpointId);
        var client = "global::" + model.Client;
        const string Submit = "global::Fal.FalSubmitOptions? options = null";
        var yields = model.YieldsToFriends ? ", bool yieldsToFriends = true" : "";
        var writer = new SourceWriter();
        FileEmitter.WriteHeader(writer, "specs/" + schema.Key + ".json");

        // Most interfaces of Microsoft.Extensions.AI are experimental. The diagnostic belongs where user code names them.
        writer.Line("#pragma warning disable MEAI001");
        writer.Line();
        writer.Open($"namespace {options.RootNamespace}");
        DocComment.ElementXml(writer, "summary", "Adapters of " + id + " to Microsoft.Extensions.AI.");
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"KlingGen\", {Literal.String(options.Version)})]");
        writer.Open($"internal static class {model.ClassName}");
        writer.Line($"private const string InputSchema = {Literal.String(schema.InputSchema)};");
        writer.Line();
        const string Function = "A function that a chat client can call: it runs ";
        DocComment.ElementXml(writer, "summary", Function + id + " within the limits that the options set.");
        writer.Line($"public static {AI}AIFunction AsAIFunction(this {client} endpoint, global::Fal.FalAIFunctionOptions options{yields})");
        var summary = Literal.StringOrNull(schema.Summary is null ? null : DocText.Clean(schema.Summary));
        Body(writer, $"{Adapters}.AsAIFunction(endpoint, InputSchema, options, {summary})");
        if (schema.MakesImages)
        {
            writer.Line();
            DocComment.ElementXml(writer, "summary", "An image generator over " + id + ".");
            writer.Line($"public static {AI}IImageGenerator AsImageGenerator(this {client} endpoint, {Submit}{yields})");
            Body(writer, $"{Adapters}.AsImageGenerator(endpoint, InputSchema, options)");
        }

        if (schema.ReadsAloud)
        {
            writer.Line();
            DocComment.ElementXml(writer, "summary", "A text-to-speech client over " + id + ".");
            writer.Line($"public static {AI}ITextToSpeechClient AsTextToSpeechClient(this {client} endpoint, {Submit}{yields})");
            Body(writer, $"{Adapters}.AsTextToSpeechClient(endpoint, InputSchema, options)");
        }

        writer.Close();
        writer.Close();
        return new SourceFile(FileName.ForType(model.ClassName) + ".g.cs", writer.Finish());
    }

    private static void Body(SourceWriter writer, string expression)
    {
        writer.Indent();
        writer.Line("=> " + expression + ";");
        writer.Unindent();
    }
}
