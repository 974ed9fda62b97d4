using KlingGen.Generator.Tests.Proofs;

namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>The checks that are emitted for constraints, run on requests.</summary>
public sealed class EnforcedConstraintTests
{
    private const string Id = "acme/lumen/clip";

    private const string Components = """
        "Ten": {"type": "integer", "minimum": 0, "maximum": 10}, "Word": {"type": "string", "minLength": 2, "maxLength": 5},
        """;

    private static readonly Lazy<LoadedCode.Door> Request = new(Load);

    /// <summary>Each property has the name of what it is for.</summary>
    private const string Properties = """
        "both_minimums": {"type": "integer", "minimum": 0, "exclusiveMinimum": 5},
        "both_maximums": {"type": "integer", "maximum": 100, "exclusiveMaximum": 10},
        "both_numbers": {"type": "number", "minimum": 3, "exclusiveMinimum": 1, "maximum": 4, "exclusiveMaximum": 5},
        "flag_minimum": {"type": "number", "minimum": 1, "exclusiveMinimum": true},
        "union_number": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 10}, {"type": "number", "minimum": 0, "maximum": 1}]},
        "union_text": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 5, "pattern": "^x"}]},
        "union_beside": {"anyOf": [{"type": "string"}, {"type": "integer"}], "maxLength": 3, "maximum": 9},
        "ref_wider": {"allOf": [{"$ref": "#/components/schemas/Ten"}], "maximum": 100},
        "ref_narrower": {"allOf": [{"$ref": "#/components/schemas/Ten"}], "minimum": 3},
        "ref_text": {"$ref": "#/components/schemas/Word", "minLength": 3, "maxLength": 50},
        "image_url": {"type": "string", "maxLength": 30, "pattern": "^https://"},
        "image_urls": {"type": "array", "items": {"type": "string", "maxLength": 30}, "uniqueItems": true},
        "letters": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
        "nested": {"type": "string", "pattern": "^(a+)+$"},
        "backtracking": {"type": "string", "pattern": "^(?=(a+)+$)"},
        "big": {"type": "integer", "maximum": 1e30},
        "beyond": {"type": "integer", "minimum": 9223372036854775809, "maximum": 18446744073709551613}
        """;

    [Theory]
    [InlineData("both_minimums", "5", "must be at least 6, not 5")]
    [InlineData("both_minimums", "6", null)]
    [InlineData("both_maximums", "10", "must be at most 9, not 10")]
    [InlineData("both_maximums", "9", null)]
    [InlineData("both_numbers", "2.9", "must be between 3 and 4, not 2.9")]
    [InlineData("both_numbers", "4", null)]
    [InlineData("flag_minimum", "1", "must be greater than 1, not 1")]
    [InlineData("union_number", "11", "must be between 0 and 10, not 11")]
    [InlineData("union_number", "-0.5", "must be between 0 and 10, not -0.5")]
    [InlineData("union_number", "10", null)]
    [InlineData("union_number", "0.5", null)]
    [InlineData("union_text", "\"abcdef\"", "must have at most 5 characters, not 6")]
    [InlineData("union_text", "\"abc\"", null)]
    [InlineData("union_beside", "\"abcd\"", "must have at most 3 characters, not 4")]
    [InlineData("union_beside", "10", "must be at most 9, not 10")]
    [InlineData("union_beside", "9", null)]
    [InlineData("ref_wider", "11", "must be between 0 and 10, not 11")]
    [InlineData("ref_narrower", "2", "must be between 3 and 10, not 2")]
    [InlineData("ref_text", "\"ab\"", "must have 3 to 5 characters, not 2")]
    [InlineData("ref_text", "\"abcdef\"", "must have 3 to 5 characters, not 6")]
    [InlineData("image_url", "\"http://a.example/b\"", "must match the pattern ^https://, not 'http://a.example/b'")]
    [InlineData("image_url", "\"https://a.example/a-name-that-is-long\"", "must have at most 30 characters, not 37")]
    [InlineData("image_url", "\"https://a.example/b\"", null)]
    [InlineData("image_urls", "[\"https://a.example/a-name-that-is-long\"]", "must have at most 30 characters, not 37")]
    [InlineData("letters", "[\"a\", \"b\", \"a\"]", "must not contain duplicate elements; element 2 equals an earlier one")]
    [InlineData("letters", "[\"a\", \"b\"]", null)]
    [InlineData("nested", "\"b\"", "must match the pattern ^(a+)+$, not 'b'")]
    [InlineData("backtracking", "\"b\"", "must match the pattern ^(?=(a+)+$), not 'b'")]
    [InlineData("big", "170141183460469231731687303715884105727",
        "must be at most 1000000000000000000000000000000, not 170141183460469231731687303715884105727")]
    [InlineData("beyond", "9223372036854775808", "must be between 9223372036854775809 and 18446744073709551613, not 9223372036854775808")]
    [InlineData("beyond", "18446744073709551614", "must be between 9223372036854775809 and 18446744073709551613, not 18446744073709551614")]
    [InlineData("beyond", "9223372036854775809", null)]
    public void Check_enforces_the_constraint(string property, string json, string? message)
    {
        var problems = Request.Value.Check(Request.Value.Read($$"""{"{{property}}": {{json}}}"""));
        Assert.Equal(message is null ? [] : [message], problems.Select(problem => problem.Message[(problem.Message.IndexOf('\'', 1) + 2)..]));
    }

    [Theory]
    [InlineData("nested")]
    [InlineData("backtracking")]
    public void Check_ends_on_a_pattern_with_exponential_backtracking(string property)
    {
        // Without a linear engine or a match timeout this runs for longer than any test.
        var value = new string('a', 40_000) + "!";
        var problems = Request.Value.Check(Request.Value.Read($$"""{"{{property}}": "{{value}}"}"""));

        // A match that times out is left to the server.
        Assert.Equal(property == "nested" ? 1 : 0, problems.Count);
    }

    private static LoadedCode.Door Load()
    {
        var text = Documents.WithMembers(Properties, more: Components);
        return new LoadedCode([new SpecText(Id, text)]).Endpoints[Id].Request;
    }
}
