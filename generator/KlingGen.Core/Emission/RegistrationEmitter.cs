using KlingGen.Planning;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>
/// Prints <c>services.AddFalClients()</c>, for projects that have package KlingGen.Extensions. A list of constructors needs no reflection, so it
/// survives trimming.
/// </summary>
internal static class RegistrationEmitter
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
    private const string Extensions = "global::Microsoft.Extensions.DependencyInjection.FalServiceCollectionExtensions";

    public static SourceFile Emit(RegistrationModel model, EmissionOptions options)
    {
        var writer = new SourceWriter();
        FileEmitter.WriteHeader(writer, "the clients of this project");
        writer.Line();
        writer.Open("namespace Microsoft.Extensions.DependencyInjection");
        DocComment.ElementXml(writer, "summary", "Registers the clients of endpoints.");
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"KlingGen\", {Literal.String(options.Version)})]");
        writer.Open("internal static class FalClientsServiceCollectionExtensions");
        // A method without an optional parameter is preferred, as for the entry methods of apps.
        var yields = model.YieldsToFriends ? ", bool yieldsToFriends = true" : "";
        const string What = "the client of each endpoint that this project knows, as a singleton that can stand in a constructor.";
        DocComment.ElementXml(writer, "summary", "Registers " + What + " <c>AddFal</c> registers what they send through.");
        writer.Line($"public static {Services} AddFalClients(this {Services} services{yields}) => Add(services, null);");
        writer.Line();
        const string Keyed = " They are keyed services, as <c>AddKeyedFal</c> registers what they send through.";
        DocComment.ElementXml(writer, "summary", "Registers " + What + Keyed);
        writer.Line($"public static {Services} AddFalClients(this {Services} services, string serviceKey{yields}) => Add(services, serviceKey);");
        writer.Line();
        writer.Open($"private static {Services} Add({Services} services, string? serviceKey)");
        foreach (var client in model.Clients)
            writer.Line($"{Extensions}.AddFalClient(services, static fal => new global::{client}(fal), serviceKey);");
        writer.Line("return services;");
        writer.Close();
        writer.Close();
        writer.Close();
        return new SourceFile("FalClients.g.cs", writer.Finish());
    }
}
