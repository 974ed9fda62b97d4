namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG004: a reference that leads back to itself with nothing in between.</summary>
public sealed class KLG004Tests
{
    [Fact]
    public void It_fires_at_a_reference_to_itself() => Rule.Fires("KLG004", Documents.WithMembers(
        """ "style": {"$ref": "#/components/schemas/Style"} """,
        more: """ "Style": {"$ref": «"#/components/schemas/Style"»}, """));

    [Fact]
    public void It_fires_where_a_ring_of_references_closes() => Rule.Fires("KLG004", Documents.WithMembers(
        """ "style": {"$ref": "#/components/schemas/One"} """,
        more: """
            "One": {"$ref": "#/components/schemas/Two"},
            "Two": {"allOf": [{"$ref": «"#/components/schemas/One"»}]},
            """));

    [Fact]
    public void An_object_that_holds_itself_is_fine() => Rule.Quiet(Documents.WithMembers(
        """ "tree": {"$ref": "#/components/schemas/Tree"} """,
        more: """ "Tree": {"title": "Tree", "type": "object", "properties": {"left": {"$ref": "#/components/schemas/Tree"}, "rest": {"type":"""
            + """ "array", "items": {"$ref": "#/components/schemas/Tree"}}}}, """));

    [Fact]
    public void Two_members_of_one_type_are_fine() => Rule.Quiet(Documents.WithMembers(
        """ "from": {"$ref": "#/components/schemas/Point"}, "to": {"$ref": "#/components/schemas/Point"} """,
        more: """ "Point": {"title": "Point", "type": "object", "properties": {"x": {"type": "number"}}}, """));
}
