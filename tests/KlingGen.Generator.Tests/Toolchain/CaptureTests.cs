using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>Nothing that the user's project names can capture a name in emitted code.</summary>
public sealed class CaptureTests
{
    private static readonly Lazy<INamedTypeSymbol[]> ShortNames = new(() => [.. Emitted.ShortNames(Driver.Run(Invented.All()).Compilation)]);

    [Fact]
    public void Emitted_code_uses_short_names_that_could_be_captured()
    {
        var names = ShortNames.Value.Select(type => type.Name).ToArray();
        Assert.Contains("JsonElement", names);
        Assert.Contains("FalJsonReader", names);
        Assert.Contains("IReadOnlyList", names);
        Assert.Contains("GeneratedCodeAttribute", names);
    }

    [Fact]
    public void Hostile_aliases_for_all_of_them_change_nothing()
    {
        var aliases = ShortNames.Value.SelectMany(Emitted.Spellings).Concat(["Fal", "Wire", "Lumen", "Acme", "RichRequest"]).Distinct();
        Compile(string.Concat(aliases.Select(name => $"global using {name} = global::Hostile.Trap;\n")) + "namespace Hostile { class Trap { } }");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Consumer")]
    [InlineData("Fal")]
    [InlineData("Fal.Acme")]
    [InlineData("Fal.Somewhere.Else")]
    public void Types_of_the_same_names_change_nothing(string ns)
    {
        var skipped = ns == "Fal" ? ShortNames.Value.Where(type => type.ContainingNamespace.ToDisplayString() == "Fal").Select(type => type.Name).ToHashSet() : [];
        var types = string.Concat(Traps().Where(trap => !skipped.Contains(trap.Name)).Select(trap => trap.Declaration));
        Compile(ns.Length == 0 ? types : "namespace " + ns + " {\n" + types + "}");
    }

    [Fact]
    public void Global_usings_of_namespaces_with_the_same_names_change_nothing()
        => Compile("global using Traps;\nnamespace Traps {\n" + string.Concat(Traps().Select(trap => trap.Declaration)) + "}");

    [Theory]
    [InlineData("public sealed partial record RichRequest { public string Shout() => Prompt.ToUpperInvariant(); }")]
    [InlineData("public class Mine { public RichRequest? Request { get; set; } public RichResult? Result { get; set; } }")]
    [InlineData("public class Program { } public class Task { } public class Console { }")]
    public void The_user_may_write_into_our_namespace(string source) => Compile("#nullable enable\nnamespace Fal.Acme.Lumen {\n" + source + "\n}");

    [Fact]
    public void Capture_would_be_noticed()
    {
        // The one place from which a name can be captured: the very namespace of the emitted types.
        var outcome = Driver.Run(Invented.All(), sources: "namespace Fal.Acme.Lumen { class FalJsonReader { } }");
        Assert.NotEmpty(outcome.CompilerComplaints);
    }

    private static IEnumerable<(string Name, string Declaration)> Traps()
    {
        foreach (var type in ShortNames.Value.Where(type => type.Name is not ("IsExternalInit" or "RequiredMemberAttribute")))
        {
            foreach (var name in Emitted.Spellings(type))
            {
                yield return (type.Name, $"class {name}{(type.Arity == 0 ? "" : "<" + string.Join(", ", Enumerable.Range(0, type.Arity).Select(i => "T" + i)) + ">")} {{ }}\n");
            }
        }
    }

    private static void Compile(string source) => Driver.Run(Invented.All(), LanguageVersion.Latest, sources: source).Clean();
}
