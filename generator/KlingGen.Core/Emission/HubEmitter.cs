using KlingGen.Planning;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the way from <c>FalClient</c> to the clients of an app.</summary>
internal static class HubEmitter
{
    public static string Entry(HubFileModel hub, EmissionOptions options)
    {
        var writer = new SourceWriter();
        var access = options.IsPublic ? "public" : "internal";
        var root = "global::" + options.RootNamespace + "." + hub.App.Namespace + "." + hub.Nodes[0].ClassName;
        writer.Open($"namespace {options.RootNamespace}");
        DocComment.ElementXml(writer, "summary", "Leads to the endpoints of " + DocComment.Code(hub.App.Id) + ".");
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"KlingGen\", {Literal.String(options.Version)})]");
        writer.Open($"{access} static class {hub.EntryName}App");
        DocComment.ElementXml(writer, "summary", "The endpoints of " + DocComment.Code(hub.App.Id) + ".");
        writer.Line($"public static {root} {hub.EntryName}(this global::Fal.FalClient fal) => new {root}(fal);");
        writer.Close();
        writer.Close();
        return writer.ToString().TrimEnd('\n') + "\n";
    }

    public static Imports ImportsOf(HubFileModel hub)
    {
        foreach (var node in hub.Nodes)
        {
            if (!node.IsEndpoint) return Imports.CodeDomCompiler | Imports.Fal;
        }

        return Imports.None;
    }

    public static string Nodes(HubFileModel hub, EmissionOptions options)
    {
        var writer = new SourceWriter();
        var access = options.IsPublic ? "public" : "internal";
        foreach (var node in hub.Nodes)
        {
            if (node.IsEndpoint && node.Children.Count == 0) continue;
            writer.Line();
            if (node.IsEndpoint)
            {
                writer.Open($"partial class {node.ClassName}");
            }
            else
            {
                DocComment.ElementXml(writer, "summary", "The endpoints below " + DocComment.Code(node.Path) + ".");
                writer.Line($"[GeneratedCode(\"KlingGen\", {Literal.String(options.Version)})]");
                writer.Open($"{access} sealed partial class {node.ClassName}");
                writer.Line("private readonly FalClient _fal;");
                writer.Line();
                writer.Line("/// <summary>Leads to clients that send their requests through <paramref name=\"fal\"/>.</summary>");
                writer.Line($"public {node.ClassName}(FalClient fal) => _fal = fal;");
            }

            foreach (var child in node.Children)
            {
                writer.Line();
                DocComment.ElementXml(writer, "summary", DocComment.Code(child.Path));
                writer.Line($"public {child.ClassName} {child.Name} => new {child.ClassName}({(node.IsEndpoint ? "Client" : "_fal")});");
            }

            writer.Close();
        }

        return writer.ToString();
    }
}
