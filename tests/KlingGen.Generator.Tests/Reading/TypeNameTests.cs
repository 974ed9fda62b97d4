using KlingGen.Generator.Tests.Proofs;

namespace KlingGen.Generator.Tests.Reading;

/// <summary>Names of types that come from properties, where two want one name.</summary>
public sealed class TypeNameTests
{
    [Theory]
    [InlineData(""" "mode": {"enum": ["a"]} """, """ "clip_mode": {"enum": ["b"]} """, "ClipRequestMode", "ClipRequestClipMode")]
    [InlineData(""" "style": {"enum": ["a"]} """, """ "styles": {"type": "array", "items": {"enum": ["b"]}} """, "ClipRequestStyle",
        "ClipRequestStylesItem")]
    [InlineData(""" "mode": {"enum": ["a"]} """, """ "all": {"$ref": "#/components/schemas/ClipMode"} """, "ClipRequestMode", "ClipMode")]
    [InlineData(""" "style": {"enum": ["a"]} """, """ "styles": {"type": "array", "items": {"type": "string"}} """, "ClipStyle", null)]
    public void Types_of_two_properties_get_names_in_any_order(string first, string second, string? firstName, string? secondName)
    {
        var expected = new[] { firstName, secondName }.OfType<string>().Order(StringComparer.Ordinal);
        Assert.Equal(expected, Names(first, second));
        Assert.Equal(expected, Names(second, first));
    }

    private static IEnumerable<string> Names(string first, string second)
    {
        const string Component = """ "ClipMode": {"title": "ClipMode", "type": "object", "properties": {"b": {"type": "string"}}}, """;
        var text = Documents.WithMembers(first + "," + second, more: Component);
        return Pipeline.Read(Diagnostics.Rule.Id, text).Model!.Types
            .Select(type => type.Name).Where(name => name is not ("ClipRequest" or "ClipResult")).Order(StringComparer.Ordinal);
    }
}
