namespace KlingGen.Generator.Tests;

/// <summary>A project without documents of its own over a library of compiled endpoints, as package KlingGen.Kling is one.</summary>
public sealed class ReferencedEndpointTests
{
    private static readonly SpecText Top = Document("acme/lumen/v1", "TopIn");
    private static readonly SpecText Below = Document("acme/lumen/v1/pro/clip", "ClipIn");
    private static readonly SpecText Other = Document("fal-ai/dusk/still", "StillIn");

    private const string Use =
        """
        using Fal; using Fal.Acme.Lumen;
        class C
        {
            void M(FalClient fal)
            {
                FalEndpoint<TopIn, ClipResult> top = fal.AcmeLumen().V1;
                FalEndpoint<ClipIn, ClipResult> clip = fal.AcmeLumen().V1.Pro.Clip;
                FalEndpoint<Fal.Dusk.StillIn, Fal.Dusk.ClipResult> still = fal.Dusk().Still;
            }
        }
        """;

    [Fact]
    public void FalReferencedEndpoints_emits_entry_methods_and_nothing_else()
    {
        var library = new Project("Library", Top, Below, Other).Build();
        var app = new Project("App") { LeadsToReferences = true, Code = Use, References = [library.Reference] }.Build();
        Assert.Empty(app.Ids);
        Assert.Equal(["Acme.Lumen.Clients.g.cs", "Dusk.Clients.g.cs"], app.Files);
    }

    [Fact]
    public void Without_the_property_a_reference_adds_no_file()
    {
        var library = new Project("Library", Top).Build();
        Assert.Empty(new Project("App") { References = [library.Reference] }.Build().Files);
    }

    [Fact]
    public void A_document_of_the_project_stands_beside_the_referenced_endpoints()
    {
        var library = new Project("Library", Top, Below, Other).Build();
        var loop = Document("acme/lumen/v1/pro/loop", "LoopIn");
        var app = new Project("App", loop, Top)
        {
            LeadsToReferences = true,
            Code = Use + "class D { object M(FalClient fal) => fal.AcmeLumen().V1.Pro.Loop; }",
            References = [library.Reference],
        }.Build();
        Assert.Equal(["KLG211"], app.Ids);
        Assert.Equal(["Acme.Lumen.Clients.g.cs", "Dusk.Clients.g.cs", "acme.lumen.v1.pro.loop.g.cs"], app.Files);
    }

    [Fact]
    public void A_library_and_an_app_share_the_compiled_types()
    {
        var kling = new Project("Kling", Top, Below, Other).Build();
        var library = new Project("Library")
        {
            LeadsToReferences = true,
            Code = Use,
            References = [kling.Reference],
        }.Build();
        var app = new Project("App")
        {
            LeadsToReferences = true,
            Code = Use,
            References = [library.Reference, kling.Reference],
        }.Build();
        Assert.Empty(app.Ids);
    }

    [Fact]
    public void An_endpoint_that_two_references_have_gets_no_entry()
    {
        var (first, second) = (new Project("First", Top).Build(), new Project("Second", Top, Other).Build());
        var app = new Project("App") { LeadsToReferences = true, References = [first.Reference, second.Reference] }.Build();
        Assert.Equal(["Dusk.Clients.g.cs"], app.Files);
    }

    private static SpecText Document(string id, string type)
        => new(id, Documents.Endpoint(id, $$"""{"title": "{{type}}", "type": "object", "properties": {"a": {"type": "string"} } }"""));
}
