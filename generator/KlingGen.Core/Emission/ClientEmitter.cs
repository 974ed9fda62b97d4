using KlingGen.Model;
using KlingGen.Planning;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints an endpoint's client. The runtime's base class does the work; the class gives it types and a name.</summary>
internal static class ClientEmitter
{
    public static void Write(SourceWriter writer, EndpointFileModel file, EndpointModel endpoint, EmissionScope scope)
    {
        scope.Import(Imports.Fal);
        var id = DocComment.Code(endpoint.Id);
        DocComment.ElementXml(writer, "summary", "Runs " + id + ".");
        if (endpoint.Summary is not null) DocComment.Remarks(writer, endpoint.Summary);
        writer.Line(scope.GeneratedCodeAttribute());
        writer.Open($"{scope.Access} partial class {file.ClientName} : FalEndpoint<{Whole(endpoint.Input, scope)}, {Whole(endpoint.Output, scope)}>");
        writer.Line("/// <summary>The endpoint's id.</summary>");
        writer.Line($"public const string Id = {Literal.String(endpoint.Id)};");
        writer.Line();
        writer.Line("/// <summary>Creates a client that sends its requests through <paramref name=\"fal\"/>.</summary>");
        writer.Line($"public {file.ClientName}(FalClient fal)");
        writer.Indent();
        writer.Line(": base(fal, Id)");
        writer.Unindent();
        writer.Open();
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>For mocking libraries: members that are not replaced throw.</summary>");
        writer.Line($"protected {file.ClientName}()");
        writer.Indent();
        writer.Line(": base(Id)");
        writer.Unindent();
        writer.Open();
        writer.Close();
        writer.Close();
    }

    /// <summary>A request or answer without a shape is JSON.</summary>
    public static string Whole(TypeUse use, EmissionScope scope) => use.Kind switch
    {
        TypeKind.Object or TypeKind.Union => scope.NameOf(use),
        TypeKind.File => "FalFile",
        TypeKind.Image => "FalImage",
        _ => "FalRawResult",
    };
}
