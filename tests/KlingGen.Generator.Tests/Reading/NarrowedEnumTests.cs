using KlingGen.Diagnostics;
using KlingGen.Generator.Tests.Proofs;
using KlingGen.Model;
using KlingGen.Schemas;

namespace KlingGen.Generator.Tests.Reading;

/// <summary>Values beside a reference narrow the values of what it leads to.</summary>
public sealed class NarrowedEnumTests
{
    private const string Components = """
        "Mode": {"title": "Mode", "type": "string", "enum": ["fast", "fine", "best"]}, "Word": {"type": "string"}, "Count": {"type": "integer"},
        "Box": {"title": "Box", "type": "object", "properties": {"a": {"type": "string"}}},
        """;

    [Theory]
    [InlineData(""" {"$ref": "#/components/schemas/Mode", "enum": ["fast", "fine"]} """, "ClipMode", "fast fine")]
    [InlineData(""" {"$ref": "#/components/schemas/Mode", "enum": ["fine", "fast", "worst"]} """, "ClipMode", "fine fast")]
    [InlineData(""" {"$ref": "#/components/schemas/Mode", "const": "fast"} """, "ClipMode", "fast")]
    [InlineData(""" {"allOf": [{"$ref": "#/components/schemas/Mode"}], "enum": ["fast", "fine"]} """, "ClipMode", "fast fine")]
    [InlineData(""" {"anyOf": [{"$ref": "#/components/schemas/Mode"}, {"type": "null"}], "enum": ["fast", "fine"]} """, "ClipMode", "fast fine")]
    [InlineData(""" {"anyOf": [{"$ref": "#/components/schemas/Mode", "enum": ["fast"]}, {"type": "null"}]} """, "ClipMode", "fast")]
    [InlineData(""" {"$ref": "#/components/schemas/Word", "enum": ["a", "b"]} """, "ClipMode", "a b")]
    [InlineData(""" {"$ref": "#/components/schemas/Count", "enum": [1, 2]} """, "ClipMode", "1 2")]
    [InlineData(""" {"$ref": "#/components/schemas/Mode", "enum": ["best", "fine", "fast"]} """, "Mode", "fast fine best")]
    public void Values_beside_a_reference_become_a_narrower_enum(string property, string name, string values)
    {
        var reading = Read(property);
        Assert.Empty(reading.Problems);
        var type = Assert.Single(reading.Model!.Types.OfType<EnumModel>());
        Assert.Equal(name, type.Name);
        Assert.Equal(values, string.Join(' ', type.Values.Select(value => value.Wire)));
    }

    [Theory]
    [InlineData(""" {"$ref": "#/components/schemas/Mode", "enum": ["worst"]} """)]
    [InlineData(""" {"$ref": "#/components/schemas/Box", "enum": ["a"]} """)]
    public void Values_that_cannot_narrow_are_reported(string property)
        => Assert.Equal([SpecDiagnosticKind.ConstraintNotEnforced], Read(property).Problems.Select(problem => problem.Kind));

    private static SpecReading Read(string property)
        => Pipeline.Read(Diagnostics.Rule.Id, Documents.WithMembers($""" "mode": {property} """, more: Components));
}
