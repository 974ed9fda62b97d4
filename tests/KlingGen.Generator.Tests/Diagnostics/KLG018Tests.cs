namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG018: a keyword that limits values and is not checked before sending.</summary>
public sealed class KLG018Tests
{
    private const string Shot = """{"title": "Shot", "type": "object", "properties": {"length": {"type": "number"}}}""";

    public static TheoryData<string, string> Properties() => new()
    {
        { """ "n": {"type": "integer", "multipleOf": 1.5} """, "multipleOf" },
        { """ "n": {"type": "integer", "multipleOf": 0.5} """, "multipleOf" },
        { """ "t": {"type": "string", "pattern": "(unclosed"} """, "pattern" },
        { """ "t": {"type": "string", "format": "date-time"} """, "format" },
        { """ "t": {"type": "string", "not": {"const": "a"}} """, "not" },
        { """ "l": {"type": "array", "items": {"type": "string"}, "contains": {"const": "a"}} """, "contains" },
        { """ "l": {"type": "array", "items": {"type": "string"}, "contains": {"const": "a"}, "minContains": 2} """, "contains, minContains" },
        { """ "l": {"type": "array", "items": {"type": "string"}, "minContains": 2} """, "minContains" },
        { $$""" "l": {"type": "array", "items": {{Shot}}, "contains": {"required": ["length"]}, "minContains": 1, "maxContains": 2} """,
            "minContains" },
        { $$""" "l": {"type": "array", "items": {{Shot}}, "contains": {"required": ["length"]}, "maxContains": 2} """, "contains" },
        { $$""" "l": {"type": "array", "items": {{Shot}}, "contains": {"required": ["length"]} } """, "contains" },
        { $$""" "l": {"type": "array", "items": {{Shot}}, "contains": {"required": ["length"]}, "minContains": 1} """, "contains, minContains" },
        { """ "m": {"type": "object", "additionalProperties": {"type": "string"}, "propertyNames": {"maxLength": 3}} """, "propertyNames" },
        { """ "m": {"type": "object", "patternProperties": {"^a": {"type": "string"}}} """, "patternProperties" },
        { """ "o": {"title": "O", "type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "minProperties": 1} """,
            "minProperties" },
        { """ "o": {"title": "O", "type": "object", "properties": {"a": {"type": "string"}}, "required": ["a", "b"]} """, "required" },
        { """ "o": {"title": "O", "type": "object", "properties": {"a": {"type": "string"}}, "dependentSchemas": {"a": {"minProperties": 2}}} """,
            "dependentSchemas" },
        { """ "b": {"type": "boolean", "const": true} """, "const" },
        { """ "u": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 5, "pattern": "^x"}]} """, "maxLength, pattern" },
        { """ "u": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 10}, {"type": "number", "minimum": 0, "maximum": 1}]} """,
            "minimum, maximum" },
        { """ "free": {"minLength": 2} """, "minLength" },
    };

    [Theory]
    [MemberData(nameof(Properties))]
    public void KLG018_names_each_keyword_that_is_not_enforced(string property, string keywords)
        => Assert.Equal(keywords.Split(", ").Order(StringComparer.Ordinal), Keywords(Documents.WithMembers(property)));

    public static TheoryData<string, string> Rules() => new()
    {
        { """, "not": {"required": ["a"]}""", "not" },
        { """, "not": {"required": ["a", "b"], "properties": {"a": {"const": "x"}}}""", "not" },
        { """, "if": {"properties": {"a": {"const": "x"}}}, "then": {"required": ["b"]}, "else": {"required": ["a"]}""", "else" },
        { """, "if": {"properties": {"a": {"const": "x"}}}, "then": {"minProperties": 2}""", "minProperties" },
        { """, "if": {"properties": {"a": {"const": "x"}}}, "then": {"properties": {"b": {"enum": ["y"]}}}""", "enum" },
        { """, "required": ["c"]""", "required" },
        { """, "propertyNames": {"pattern": "^[a-z]+$"}""", "propertyNames" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void KLG018_names_each_form_of_a_rule_that_is_not_enforced(string beside, string keywords)
    {
        const string Members = """ "a": {"type": "string"}, "b": {"type": "string"} """;
        Assert.Equal(keywords.Split(", ").Order(StringComparer.Ordinal), Keywords(Documents.WithMembers(Members, beside: beside)));
    }

    [Fact]
    public void KLG018_stands_at_the_first_place_of_the_keyword_and_once()
        => Rule.Fires("KLG018", Documents.WithMembers("""
            "m": {"type": "integer", "multipleOf": «1.5»}, "n": {"type": "integer", "multipleOf": 2.5}
            """));

    [Theory]
    [InlineData(""" "t": {"type": "string", "minLength": 0, "maxLength": 5, "pattern": "^a", "format": "uri"} """)]
    [InlineData(""" "t": {"type": "string", "format": "password"} """)]
    [InlineData(""" "t": {"type": "string", "enum": ["a", "b"], "minLength": 1} """)]
    [InlineData(""" "n": {"type": "integer", "minimum": 1, "exclusiveMinimum": 0, "maximum": 9, "multipleOf": 2} """)]
    [InlineData(""" "n": {"type": "number", "multipleOf": 0.5, "minLength": 3} """)]
    [InlineData(""" "l": {"type": "array", "items": {"type": "string", "maxLength": 3}, "minItems": 1, "maxItems": 2, "uniqueItems": true} """)]
    [InlineData(""" "m": {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1} """)]
    [InlineData(""" "u": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "integer", "minimum": 1}]} """)]
    [InlineData(""" "u": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 5}, {"type": "number", "minimum": 0, "maximum": 10}]} """)]
    [InlineData(""" "image_url": {"type": "string", "maxLength": 30, "pattern": "^https://"} """)]
    public void KLG018_is_silent_about_what_is_enforced_or_limits_nothing(string property) => Rule.Silent("KLG018", Documents.WithMembers(property));

    [Fact]
    public void KLG018_is_silent_about_contains_without_a_minimum()
        => Rule.Silent("KLG018", Documents.WithMembers($$"""
            "l": {"type": "array", "items": {{Shot}}, "contains": {"required": ["length"]}, "minContains": 0, "maxContains": 2}
            """));

    [Fact]
    public void KLG018_is_silent_about_results()
        => Rule.Silent("KLG018", Documents.Endpoint(
            Rule.Id,
            """{"title": "ClipRequest", "type": "object", "properties": {"a": {"type": "string"}}}""",
            """{"title": "ClipResult", "type": "object", "properties": {"n": {"type": "integer", "multipleOf": 1.5}}}"""));

    private static string[] Keywords(string text)
        => [.. Rule.Run(new SpecText(Rule.Id, text)).Problems
            .Where(problem => problem.Id == "KLG018")
            .Select(problem => problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Split('\'')[1])
            .Order(StringComparer.Ordinal)];
}
