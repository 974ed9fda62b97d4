using KlingGen.Planning;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the way from <c>FalClient</c> to the clients of an app.</summary>
internal static class HubEmitter
{
    public static string Entry(HubFileModel hub, EmissionOptions options)
    {
        var writer = new SourceWriter();
        var root = hub.Nodes[0].TypeName;
        if (!root.StartsWith("global::", System.StringComparison.Ordinal)) root = "global::" + options.RootNamespace + "." + hub.App.Namespace + "."
            + root;
        writer.Open($"namespace {options.RootNamespace}");
        DocComment.ElementXml(writer, "summary", "Entry point to the endpoints of " + DocComment.Code(hub.App.Id) + ".");
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"KlingGen\", {Literal.String(options.Version)})]");
        writer.Open($"internal static class {hub.EntryName}App");
        DocComment.ElementXml(writer, "summary", "The endpoints of " + DocComment.Code(hub.App.Id) + ".");
        // A method without an optional parameter is preferred, so an assembly that sees these internals can have an entry method of its own.
        var yields = hub.YieldsToFriends ? ", bool yieldsToFriends = true" : "";
        writer.Line($"public static {root} {hub.EntryName}(this global::Fal.FalClient fal{yields}) => new {root}(fal);");
        writer.Close();
        writer.Close();
        return writer.Finish().TrimEnd('\n') + "\n";
    }

    public static Imports ImportsOf(HubFileModel hub)
    {
        foreach (var node in hub.Nodes)
        {
            if (!node.IsEndpoint || node is { ReferencedClient: not null, Children.Count: > 0 }) return Imports.CodeDomCompiler | Imports.Fal;
        }

        return Imports.None;
    }

    public static string Nodes(HubFileModel hub, EmissionOptions options)
    {
        var writer = new SourceWriter();
        foreach (var node in hub.Nodes)
        {
            if (node.IsEndpoint && node.Children.Count == 0) continue;
            writer.Line();
            if (node.ReferencedClient is { } client)
            {
                DocComment.ElementXml(writer, "summary", "The endpoint " + DocComment.Code(node.Path) + " and those below it.");
                writer.Line($"[GeneratedCode(\"KlingGen\", {Literal.String(options.Version)})]");
                writer.Open($"internal sealed class {node.ClassName} : global::{client}");
                writer.Line("/// <summary>Creates clients that send their requests through <paramref name=\"fal\"/>.</summary>");
                writer.Line($"public {node.ClassName}(FalClient fal)");
                writer.Indent();
                writer.Line(": base(fal)");
                writer.Unindent();
                writer.Open();
                writer.Close();
            }
            else if (node.IsEndpoint)
            {
                writer.Open($"partial class {node.ClassName}");
            }
            else
            {
                DocComment.ElementXml(writer, "summary", "The endpoints below " + DocComment.Code(node.Path) + ".");
                writer.Line($"[GeneratedCode(\"KlingGen\", {Literal.String(options.Version)})]");
                writer.Open($"internal sealed partial class {node.ClassName}");
                writer.Line("private readonly FalClient _fal;");
                writer.Line();
                writer.Line("/// <summary>Creates clients that send their requests through <paramref name=\"fal\"/>.</summary>");
                writer.Line($"public {node.ClassName}(FalClient fal) => _fal = fal;");
            }

            foreach (var child in node.Children)
            {
                writer.Line();
                DocComment.ElementXml(writer, "summary", DocComment.Code(child.Path));
                var access = node.IsEndpoint && node.ReferencedClient is null ? "internal" : "public";
                writer.Line($"{access} {child.TypeName} {child.Name} => new {child.TypeName}({(node.IsEndpoint ? "Client" : "_fal")});");
            }

            writer.Close();
        }

        return writer.Finish();
    }
}
