namespace KlingGen.Generator.Tests;

/// <summary>A library and an app that both use the package: one type for one thing, and entry methods that do not meet.</summary>
public sealed class LibraryAndAppTests
{
    private const string Level =
        """ "level": {"type": "string", "enum": ["low", "high"], "x-klinggen-enum": {"name": "Level", "values": ["low", "high"]}} """;
    private static readonly SpecText Clip = Document("clip", "ClipRequest", Level);
    private static readonly SpecText Loop = Document("loop", "LoopRequest", Level);
    private static readonly SpecText Still = Document("still", "StillRequest", """ "note": {"type": "string"} """);

    [Fact]
    public void Without_a_shared_endpoint_both_have_their_own_entry_method()
    {
        var library = new Project("Library", Still) { Code = Use("Still", "StillRequest") }.Build();
        var app = new Project("App", Clip) { Code = Use("Clip", "ClipRequest"), References = [library.Reference] }.Build();
        Assert.Empty(app.Ids);
        Assert.Contains("acme.lumen.clip.g.cs", app.Files);
    }

    [Fact]
    public void A_shared_endpoint_is_emitted_once_and_the_entry_method_leads_to_it()
    {
        var library = new Project("Library", Clip, Still).Build();
        var app = new Project("App", Clip, Loop)
        {
            Code = Use("Clip", "ClipRequest") + Use("Loop", "LoopRequest"),
            References = [library.Reference],
        }.Build();
        Assert.Equal(["KLG211"], app.Ids);
        Assert.DoesNotContain("acme.lumen.clip.g.cs", app.Files);
        Assert.Contains("Library", app.Outcome.Problems.Single().GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_shared_enum_of_different_endpoints_is_the_referenced_one()
    {
        var library = new Project("Library", Clip).Build();
        var app = new Project("App", Loop)
        {
            Code = "using Fal.Acme.Lumen; class C { LoopRequest Make(ClipRequest other) => new() { Level = other.Level }; }",
            References = [library.Reference],
        }.Build();
        Assert.Empty(app.Ids);
        Assert.DoesNotContain("enum Level", app.Outcome.Text("acme.lumen.loop.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_the_same_name_and_another_shape_gets_a_name_of_its_own()
    {
        var other = Document("loop", "LoopRequest", Level.Replace("\"high\"", "\"top\"", StringComparison.Ordinal));
        var library = new Project("Library", Clip).Build();
        var app = new Project("App",
            other)
        {
            Code = "class C { object Make() => new Fal.Acme.Lumen.LoopRequest { Level = Fal.Acme.Lumen.LoopLevel.Top }; }",
            References =
                [library.Reference]
        }.Build();
        Assert.Equal(["KLG009"], app.Ids);
    }

    [Fact]
    public void An_app_between_two_libraries_uses_both()
    {
        var first = new Project("First", Clip).Build();
        var second = new Project("Second", Still) { References = [first.Reference] }.Build();
        var app = new Project("App", Clip, Still, Loop)
        {
            Code = Use("Clip", "ClipRequest"),
            References = [second.Reference, first.Reference]
        }.Build();
        Assert.Equal(["KLG211", "KLG211"], app.Ids);
        Assert.DoesNotContain("acme.lumen.still.g.cs", app.Files);
    }

    [Theory]
    [InlineData("public")]
    [InlineData("internal")]
    public void A_friend_has_entry_methods_beside_the_library_s(string visibility)
    {
        var library = new Project("Library", Clip)
        {
            Visibility = visibility,
            Code = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")]" + Use("Clip", "ClipRequest"),
        }.Build();
        var tests = new Project("Tests", Loop, Clip)
        {
            Visibility = visibility,
            Code = Use("Loop", "LoopRequest"),
            References = [library.Reference]
        }.Build();
        Assert.Equal(["KLG211"], tests.Ids);
    }

    [Fact]
    public void Public_code_does_not_use_internal_code_of_a_friend()
    {
        var library = new Project("Library", Clip)
        {
            Visibility = "internal",
            Code = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")]"
        }.Build();
        var tests = new Project("Tests", Clip) { References = [library.Reference] }.Build();
        Assert.Contains("acme.lumen.clip.g.cs", tests.Files);
    }

    [Fact]
    public void A_friend_without_endpoints_uses_the_library_s_entry_method()
    {
        var library = new Project("Library", Clip) { Code = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")]" }.Build();
        Assert.Empty(new Project("Tests") { Code = Use("Clip", "ClipRequest"), References = [library.Reference] }.Build().Ids);
    }

    [Fact]
    public void Internal_code_of_a_library_does_not_count()
    {
        var library = new Project("Library", Clip) { Visibility = "internal" }.Build();
        var app = new Project("App", Clip) { Code = Use("Clip", "ClipRequest"), References = [library.Reference] }.Build();
        Assert.Empty(app.Ids);
        Assert.Contains("acme.lumen.clip.g.cs", app.Files);
    }

    [Fact]
    public void An_endpoint_below_a_referenced_one_has_its_place_in_the_path()
    {
        var root = new SpecText("acme/lumen", Documents.WithMembers(Level, "acme/lumen", "LumenRequest"));
        var library = new Project("Library", root).Build();
        var app = new Project("App", root, Clip)
        {
            Code = Use("Clip", "ClipRequest") + "class Own { object Run(Fal.FalClient fal) => Fal.AcmeLumenApp.AcmeLumen(fal).RunAsync(new()); }",
            References = [library.Reference],
        }.Build();
        Assert.Equal(["KLG211"], app.Ids);
    }

    private static SpecText Document(string name, string title, string members)
        => new("acme/lumen/" + name, Documents.WithMembers(members, "acme/lumen/" + name, title));

    private static string Use(string client, string request) => $$"""
        namespace Calls
        {
            using Fal;

            class Call{{client}}
            {
                object Run(FalClient fal) => fal.AcmeLumen().{{client}}.RunAsync(new Fal.Acme.Lumen.{{request}}());
            }
        }

        """;
}
