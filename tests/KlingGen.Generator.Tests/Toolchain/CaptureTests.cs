using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>Nothing that the user's project names can capture a name in emitted code.</summary>
public sealed class CaptureTests
{
    private static readonly Lazy<INamedTypeSymbol[]> ShortNames = new(() => [.. Emitted.ShortNames(Invented.Outcome.Compilation)]);

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
    [InlineData("Fal.Acme")]
    [InlineData("Fal.Somewhere.Else")]
    public void Types_of_the_same_names_change_nothing(string ns)
    {
        var types = string.Concat(Traps());
        Compile(ns.Length == 0 ? types : "namespace " + ns + " {\n" + types + "}");
    }

    [Fact]
    public void Global_usings_of_namespaces_with_the_same_names_change_nothing()
        => Compile("global using Traps;\nnamespace Traps {\n" + string.Concat(Traps()) + "}");

    [Theory]
    [InlineData("public sealed partial record RichRequest { internal string Shout() => Prompt.ToUpperInvariant(); }")]
    [InlineData("class Mine { public RichRequest? Request { get; set; } public RichResult? Result { get; set; } }")]
    [InlineData("class Program { } class Console { } class Math { } class CancellationToken { }")]
    public void The_user_may_write_into_our_namespace(string source) => Compile("#nullable enable\nnamespace Fal.Acme.Lumen {\n" + source + "\n}");

    [Theory]
    [InlineData("namespace Fal { class Program { } class Console { } class Math { } class Lumen { } }")]
    [InlineData("namespace Fal.Wire { class Program { } class Console { } }")]
    public void The_user_may_write_into_the_namespace_of_the_runtime(string source) => Compile(source);

    [Theory]
    [InlineData("namespace Fal.Acme.Lumen { class FalJsonReader { } }")]
    [InlineData("namespace Fal { class JsonElement { } }")]
    public void Capture_would_be_noticed(string source)
    {
        // The places from which a name can be captured: the very namespace of the emitted types, and the runtime's own.
        Assert.NotEmpty(Driver.Run(Invented.Sample(), sources: source).CompilerComplaints);
    }

    private static IEnumerable<string> Traps()
    {
        foreach (var type in ShortNames.Value.Where(type => type.Name is not ("IsExternalInit" or "RequiredMemberAttribute")))
        {
            foreach (var name in Emitted.Spellings(type))
            {
                yield return $"class {name}"
                + (type.Arity == 0 ? "" : "<" + string.Join(", ", Enumerable.Range(0, type.Arity).Select(i => "T" + i)) + ">") + " { }\n";
            }
        }
    }

    private static void Compile(string source) => Driver.Run(Invented.Sample(), LanguageVersion.Latest, sources: source).Clean();
}
