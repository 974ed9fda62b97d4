using KlingGen.Cli.Diff;
using KlingGen.Generator.Tests;
using Sample = KlingGen.Generator.Tests.Documents;

namespace KlingGen.Cli.Tests.Diff;

/// <summary>A pair of small documents that differ in one thing, and what that means.</summary>
/// <param name="Name">What differs.</param>
/// <param name="Old">The documents before.</param>
/// <param name="New">The documents after.</param>
/// <param name="Kind">The change that must be seen.</param>
/// <param name="Class">What it means.</param>
/// <param name="Place">The C# name concerned.</param>
internal sealed record ChangeCase(string Name, SpecText[] Old, SpecText[] New, ChangeKind Kind, ChangeClass Class, string Place)
{
    public override string ToString() => Name;
}

/// <summary>One case per kind of change.</summary>
internal static class ChangeCases
{
    private const ChangeClass Breaking = ChangeClass.Breaking;
    private const ChangeClass Compatible = ChangeClass.Compatible;
    private const ChangeClass Documentation = ChangeClass.Documentation;

    private const string Text = """ "note": {"type": "string"} """;
    private const string Mode = """ "mode": {"type": "string", "enum": ["fast", "fine"]} """;
    private const string Shape = """ "size": {"anyOf": [{"type": "string"}, {"type": "integer"}]} """;

    public static readonly ChangeCase[] All =
    [
        new("an endpoint is gone", [Request(Text), Request(Text, id: "acme/lumen/cut", title: "CutRequest")], [Request(Text)],
            ChangeKind.EndpointRemoved, Breaking, "CutClient"),
        new("an endpoint is new", [Request(Text)], [Request(Text), Request(Text, id: "acme/lumen/cut", title: "CutRequest")],
            ChangeKind.EndpointAdded, Compatible, "CutClient"),
        new("the request has no shape any more", [Request(Text)], [Whole("""{"type": "object"}""")], ChangeKind.RequestReplaced, Breaking,
            "ClipClient"),
        new("the result has no shape any more", [Result(Text)], [Output("""{"type": "object"}""")], ChangeKind.ResultReplaced, Breaking,
            "ClipClient"),
        new("a title is another", [Request(Text)], [Request(Text, title: "FilmRequest")], ChangeKind.TypeRenamed, Breaking, "ClipRequest"),
        new(
            "a conflict with a new document renames",
            [Request(Text)],
            [Request(Text), Request(""" "other": {"type": "integer"} """, id: "acme/lumen/cut")],
            ChangeKind.TypeRenamed,
            Breaking,
            "ClipRequest"),
        new("a client's flat name is taken by another's", [Request(Text, id: "acme/lumen/a/b")],
            [Request(Text, id: "acme/lumen/a/b"), Request(Text, id: "acme/lumen/a-b")], ChangeKind.ClientRenamed, Breaking, "ABClient"),
        new("a client's property is taken by another's", [Request(Text, id: "acme/lumen/a_b")],
            [Request(Text, id: "acme/lumen/a_b"), Request(Text, id: "acme/lumen/a-b")], ChangeKind.ClientMoved, Breaking, "ABClient"),
        new("an object inside is gone", [Request(""" "part": {"$ref": "#/components/schemas/Part"} """, more: Part)], [Request(Text)],
            ChangeKind.TypeRemoved, Breaking, "Part"),
        new("an object inside is new", [Request(Text)], [Request(Text + ""","part": {"$ref": "#/components/schemas/Part"} """, more: Part)],
            ChangeKind.TypeAdded, Compatible, "Part"),

        new("a request member is new", [Request(Text)], [Request(Text + ""","more": {"type": "string"} """)], ChangeKind.MemberAdded, Compatible,
            "ClipRequest.More"),
        new("a request member is new and required", [Request(Text)], [Request(Text + ""","more": {"type": "string"} """, "more")],
            ChangeKind.MemberAdded, Breaking, "ClipRequest.More"),
        new("a result member is new and required", [Result(Text)], [Result(Text + ""","more": {"type": "string"} """, "more")],
            ChangeKind.MemberAdded, Compatible, "ClipResult.More"),
        new("a request member is gone", [Request(Text + ""","more": {"type": "string"} """)], [Request(Text)], ChangeKind.MemberRemoved, Breaking,
            "ClipRequest.More"),
        new("a result member is gone", [Result(Text + ""","more": {"type": "string"} """)], [Result(Text)], ChangeKind.MemberRemoved, Breaking,
            "ClipResult.More"),
        new("a title takes a member's name", [Request(Film)], [Request(Film, title: "FilmRequest")], ChangeKind.MemberRenamed, Breaking,
            "ClipRequest.FilmRequest"),
        new("a wire name is another but its C# name", [Request(""" "cfg_scale": {"type": "number"} """)],
            [Request(""" "cfgScale": {"type": "number"} """)], ChangeKind.WireNameChanged, Compatible, "ClipRequest.CfgScale"),
        new(
            "two members meet in one name",
            [Request(""" "cfg_scale": {"type": "number"} """)],
            [Request(""" "cfg-scale": {"type": "number"}, "cfg_scale": {"type": "number"} """)],
            ChangeKind.MemberRenamed,
            Breaking,
            "ClipRequest.CfgScale"),

        new("a request member is required", [Request(Text)], [Request(Text, "note")], ChangeKind.MemberBecameRequired, Breaking, "ClipRequest.Note"),
        new("a request member is required no more", [Request(Text, "note")], [Request(Text)], ChangeKind.MemberBecameOptional, Compatible,
            "ClipRequest.Note"),
        new("a number of a request is required no more", [Request(Number(), "steps")], [Request(Number())], ChangeKind.MemberBecameOptional,
            Compatible, "ClipRequest.Steps"),
        new("a result member may be missing", [Result(Text, "note")], [Result(Text)], ChangeKind.ResultMayBeNull, Breaking, "ClipResult.Note"),
        new("a result's text is always there", [Result(Text)], [Result(Text, "note")], ChangeKind.ResultNeverNull, Compatible, "ClipResult.Note"),
        new("a result's number is always there", [Result(Number())], [Result(Number(), "steps")], ChangeKind.ResultNeverNull, Breaking,
            "ClipResult.Steps"),

        new("a request's integer becomes a number", [Request(Number())], [Request(""" "steps": {"type": "number"} """)], ChangeKind.MemberRetyped,
            Compatible, "ClipRequest.Steps"),
        new("a request's number becomes an integer", [Request(""" "steps": {"type": "number"} """)], [Request(Number())], ChangeKind.MemberRetyped,
            Breaking, "ClipRequest.Steps"),
        new("a result's integer becomes a number", [Result(Number(), "steps")], [Result(""" "steps": {"type": "number"} """, "steps")],
            ChangeKind.MemberRetyped, Breaking, "ClipResult.Steps"),
        new("a result's number becomes an integer", [Result(""" "steps": {"type": "number"} """, "steps")], [Result(Number(), "steps")],
            ChangeKind.MemberRetyped, Compatible, "ClipResult.Steps"),
        new("a request's text becomes an enum", [Request(""" "mode": {"type": "string"} """)], [Request(Mode)], ChangeKind.MemberRetyped, Breaking,
            "ClipRequest.Mode"),
        new("a required text becomes a choice with text", [Request(""" "size": {"type": "string"} """, "size")], [Request(Shape, "size")],
            ChangeKind.MemberRetyped, Compatible, "ClipRequest.Size"),
        new("an optional text becomes a choice with text", [Request(""" "size": {"type": "string"} """)], [Request(Shape)], ChangeKind.MemberRetyped,
            Breaking, "ClipRequest.Size"),
        new("a text becomes an address", [Request(""" "where": {"type": "string"} """)],
            [Request(""" "where": {"type": "string", "ui": {"field": "image"} } """)], ChangeKind.MemberRetyped, Compatible, "ClipRequest.Where"),
        new(
            "an address must be that of a video",
            [Request(""" "where": {"type": "string", "ui": {"field": "image"} } """)],
            [Request(""" "where": {"type": "string", "ui": {"field": "video"} } """)],
            ChangeKind.ConstraintTightened,
            Breaking,
            "ClipRequest.Where"),
        new(
            "a file must be smaller",
            [Request(""" "where": {"type": "string", "ui": {"field": "image"}, "max_file_size": 2000 } """)],
            [Request(""" "where": {"type": "string", "ui": {"field": "image"}, "max_file_size": 1000 } """)],
            ChangeKind.ConstraintTightened,
            Breaking,
            "ClipRequest.Where"),
        new("a text must be an address", [Request(""" "where": {"type": "string"} """)],
            [Request(""" "where": {"type": "string", "ui": {"field": "image"} } """)], ChangeKind.ConstraintTightened, Breaking, "ClipRequest.Where"),
        new("a list holds something else", [Request(List("string"))], [Request(List("integer"))], ChangeKind.MemberRetyped, Breaking,
            "ClipRequest.Names"),

        new("a value is new", [Request(Mode)], [Request(""" "mode": {"type": "string", "enum": ["fast", "fine", "best"]} """)], ChangeKind.ValueAdded,
            Compatible, "ClipMode.Best"),
        new("a value is gone", [Request(Mode)], [Request(""" "mode": {"type": "string", "enum": ["fast"]} """)], ChangeKind.ValueRemoved, Breaking,
            "ClipMode.Fine"),
        new("a result's value is gone", [Result(Mode)], [Result(""" "mode": {"type": "string", "enum": ["fast"]} """)], ChangeKind.ValueRemoved,
            Breaking, "ClipMode.Fine"),
        new(
            "a value is called otherwise",
            [Request(Mode)],
            [Request(""" "mode": {"type": "string", "enum": ["fast", "fine"], "x-enum-varnames": ["Fast", "Careful"]} """)],
            ChangeKind.ValueRenamed,
            Breaking,
            "ClipMode.Fine"),
        new(
            "a value sends another word",
            [Request(Mode)],
            [Request(""" "mode": {"type": "string", "enum": ["fast", "Fine"]} """)],
            ChangeKind.ValueRewired,
            Breaking,
            "ClipMode.Fine"),
        new(
            "the words behind two names change places",
            [Request(""" "mode": {"type": "string", "enum": ["a", "b"], "x-enum-varnames": ["First", "Second"]} """)],
            [Request(""" "mode": {"type": "string", "enum": ["b", "a"], "x-enum-varnames": ["First", "Second"]} """)],
            ChangeKind.ValueRewired,
            Breaking,
            "ClipMode.First"),
        new("a value in front shifts the numbers", [Request(Mode)], [Request(""" "mode": {"type": "string", "enum": ["best", "fast", "fine"]} """)],
            ChangeKind.NumbersShifted, Compatible, "ClipMode.Fast"),
        new("an enum comes into the result", [Shared(Mode, Text)], [Shared(Mode, Mode)], ChangeKind.EnumOpened, Breaking, "Mode"),
        new("an enum leaves the result", [Shared(Mode, Mode)], [Shared(Mode, Text)], ChangeKind.EnumClosed, Breaking, "Mode"),

        new("a shape of a request is new", [Request(Shape)], [Request(""" "size": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type":"""
            + """ "boolean"}]} """)], ChangeKind.BranchAdded, Compatible, "ClipSize.Boolean"),
        new("a shape of a result is new", [Result(Shape)], [Result(""" "size": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type":"""
            + """ "boolean"}]} """)], ChangeKind.BranchAdded, Breaking, "ClipSize.Boolean"),
        new("a shape is gone", [Request(""" "size": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]} """)], [Request(Shape)],
            ChangeKind.BranchRemoved, Breaking, "ClipSize.Boolean"),
        new("the shapes of a result are in another order", [Result(Shape)],
            [Result(""" "size": {"anyOf": [{"type": "integer"}, {"type": "string"}]} """)], ChangeKind.BranchesReordered, Breaking, "ClipSize"),
        new("a shape of a result is called otherwise", [Result(Shape)], [Result(""" "size": {"anyOf": [{"type": "string", "ui": {"field":"""
            + """ "image"} }, {"type": "integer"}]} """)], ChangeKind.BranchRenamed, Breaking, "ClipSize.Text"),
        new("the shapes of a result are told apart otherwise", [Result(Parts(""))],
            [Result(Parts(""", "discriminator": {"propertyName": "kind"} """))], ChangeKind.RecognitionChanged, Compatible, "ClipPart"),
        new("a choice becomes an object", [Request(Shape)], [Request(""" "size": {"type": "object", "properties": {"width": {"type":"""
            + """ "integer"} } } """)], ChangeKind.TypeReshaped, Breaking, "ClipSize"),

        .. Limit("minLength", """ "type": "string" """, 1, 5),
        .. Limit("maxLength", """ "type": "string" """, 50, 5),
        .. Limit("minimum", """ "type": "number" """, 0, 0.5),
        .. Limit("maximum", """ "type": "number" """, 10, 5),
        .. Limit("exclusiveMinimum", """ "type": "number" """, 0, 0.5),
        .. Limit("exclusiveMaximum", """ "type": "number" """, 10, 5),
        .. Limit("multipleOf", """ "type": "integer" """, 2, 4),
        .. Limit("minItems", """ "type": "array", "items": {"type": "string"} """, 1, 2),
        .. Limit("maxItems", """ "type": "array", "items": {"type": "string"} """, 4, 2),
        new("a pattern is new", [Request(Text)], [Request(""" "note": {"type": "string", "pattern": "^[a-z]+$"} """)], ChangeKind.ConstraintTightened,
            Breaking, "ClipRequest.Note"),
        new("a pattern is gone", [Request(""" "note": {"type": "string", "pattern": "^[a-z]+$"} """)], [Request(Text)], ChangeKind.ConstraintLoosened,
            Compatible, "ClipRequest.Note"),
        new("elements must differ", [Request(List("string"))],
            [Request(""" "names": {"type": "array", "items": {"type": "string"}, "uniqueItems": true} """)], ChangeKind.ConstraintTightened, Breaking,
                "ClipRequest.Names"),
        new("elements are shorter", [Request(List("string"))],
            [Request(""" "names": {"type": "array", "items": {"type": "string", "maxLength": 3} } """)], ChangeKind.ConstraintTightened, Breaking,
                "ClipRequest.Names"),
        new("an integer's broken limit means the same", [Request(Number(", \"minimum\": 0.5"))],
            [Request(Number(", \"minimum\": 1, \"description\": \"Steps.\""))], ChangeKind.Described, Documentation, "ClipRequest.Steps"),
        new("a limit of a result", [Result(Number(), "steps")], [Result(Number(", \"minimum\": 1"), "steps")], ChangeKind.ConstraintDescribed,
            Documentation, "ClipResult.Steps"),
        new("limits on both sides change the C# type", [Request(Number())], [Request(Number(", \"minimum\": 1, \"maximum\": 9"))],
            ChangeKind.MemberRetyped, Breaking, "ClipRequest.Steps"),

        new("a rule is new", [Ruled("")], [Ruled(""", "oneOf": [{"required": ["a"]}, {"required": ["b"]}] """)], ChangeKind.RuleAdded, Breaking,
            "ClipRequest"),
        new("a rule is gone", [Ruled(""", "oneOf": [{"required": ["a"]}, {"required": ["b"]}] """)], [Ruled("")], ChangeKind.RuleRemoved, Compatible,
            "ClipRequest"),

        new("a default is new", [Request(Number())], [Request(Number(", \"default\": 5"))], ChangeKind.DefaultAdded, Compatible,
            "ClipRequest.Defaults.Steps"),
        new("a default is gone", [Request(Number(", \"default\": 5"))], [Request(Number())], ChangeKind.DefaultRemoved, Breaking,
            "ClipRequest.Defaults.Steps"),
        new("a default is another", [Request(Number(", \"default\": 5"))], [Request(Number(", \"default\": 9"))], ChangeKind.DefaultChanged,
            Compatible, "ClipRequest.Defaults.Steps"),
        new(
            "a default is of another type",
            [Request(Number(", \"default\": 5"))],
            [Request(""" "steps": {"type": "number", "default": 5} """)],
            ChangeKind.DefaultRetyped,
            Breaking,
            "ClipRequest.Defaults.Steps"),
        new("an example is gone", [Request(""" "note": {"type": "string", "examples": ["a"]} """, "note")], [Request(Text, "note")],
            ChangeKind.ExampleRemoved, Breaking, "ClipRequest.Example()"),
        new("an example is new", [Request(Text, "note")], [Request(""" "note": {"type": "string", "examples": ["a"]} """, "note")],
            ChangeKind.ExampleAdded, Compatible, "ClipRequest.Example()"),
        new(
            "an example is another",
            [Request(""" "note": {"type": "string", "examples": ["a"]} """, "note")],
            [Request(""" "note": {"type": "string", "examples": ["b"]} """, "note")],
            ChangeKind.ExampleChanged,
            Documentation,
            "ClipRequest.Example()"),

        new("a member is deprecated", [Request(Text)], [Request(""" "note": {"type": "string", "deprecated": true} """)], ChangeKind.Deprecated,
            Compatible, "ClipRequest.Note"),
        new("a member is deprecated no more", [Request(""" "note": {"type": "string", "deprecated": true} """)], [Request(Text)],
            ChangeKind.DeprecationLifted, Compatible, "ClipRequest.Note"),
        new("a description is another", [Request(Text)], [Request(""" "note": {"type": "string", "description": "Says something."} """)],
            ChangeKind.Described, Documentation, "ClipRequest.Note"),
        new("a result becomes a file", [Video("")], [Video(FileRest)], ChangeKind.BaseGained, Compatible, "Video"),
        new("a result is no file any more", [Video(FileRest)], [Video("")], ChangeKind.BaseLost, Breaking, "Video"),
    ];

    private const string Film = """ "film_request": {"type": "string"} """;

    private static string Parts(string more) => $$$"""
         "part": {"anyOf": [
            {"title": "One", "type": "object", "required": ["kind", "a"], "properties": {"kind": {"type": "string"}, "a": {"type": "string"} } },
            {"title": "Two", "type": "object", "required": ["kind", "b"],
             "properties": {"kind": {"type": "string"}, "b": {"type": "string"} } }]{{{more}}}}
        """;

    private const string FileRest = """, "file_size": {"type": "integer"} """;

    private const string Part = """ "Part": {"title": "Part", "type": "object", "properties": {"a": {"type": "string"} } }, """;

    private static string Number(string more = "") => $$""" "steps": {"type": "integer"{{more}}} """;

    private static string List(string element) => $$""" "names": {"type": "array", "items": {"type": "{{element}}"} } """;

    private static SpecText Request(string members, string required = "", string id = "acme/lumen/clip", string title = "ClipRequest",
        string more = "")
        => new(id, Sample.Endpoint(id, Object(title, members, required),
            Object(title.Replace("Request", "Result", StringComparison.Ordinal), Text, ""), more));

    private static SpecText Result(string members, string required = "") => Output(Object("ClipResult", members, required));

    private static SpecText Output(string output) => new("acme/lumen/clip",
        Sample.Endpoint("acme/lumen/clip", Object("ClipRequest", Text, ""), output));

    private static SpecText Whole(string input) => new("acme/lumen/clip", Sample.Endpoint("acme/lumen/clip", input, Object("ClipResult", Text, "")));

    private static SpecText Shared(string input, string output)
    {
        const string More = """ "Mode": {"title": "Mode", "type": "string", "enum": ["fast", "fine"]}, """;
        static string Refer(string members) => members == Mode ? """ "mode": {"$ref": "#/components/schemas/Mode"} """ : members;
        return new SpecText("acme/lumen/clip", Sample.Endpoint("acme/lumen/clip", Object("ClipRequest", Refer(input), ""),
            Object("ClipResult", Refer(output), ""), More));
    }

    private static SpecText Ruled(string rules)
    {
        var input = $$$"""{"title": "ClipRequest", "type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"} }{{{rules}}}}""";
        return Whole(input);
    }

    private static SpecText Video(string more)
    {
        var video = $$$""" "Video": {"title": "Video", "type": "object", "required": ["url"], "properties": {"url": {"type": "string"},"""
            + $$$""" "content_type": {"type": "string"}{{{more}}}, "length": {"type": "number"} } }, """;
        return new SpecText(
            "acme/lumen/clip", Sample.Endpoint("acme/lumen/clip", Object("ClipRequest", Text, ""),
                Object("ClipResult", """ "video": {"$ref": "#/components/schemas/Video"} """, ""), video));
    }

    private static string Object(string title, string members, string required)
        => $$$"""{"title": "{{{title}}}", "type": "object", "required": [{{{(required.Length == 0 ? "" : "\"" + required + "\"")}}}],"""
            + $$$""" "properties": { {{{members}}} } }""";

    /// <summary>A limit that appears, that tightens, that loosens, that goes.</summary>
    private static IEnumerable<ChangeCase> Limit(string word, string schema, double wide, double narrow)
    {
        yield return new ChangeCase($"{word} appears", [Limited(schema, word, null)], [Limited(schema, word, narrow)], ChangeKind.ConstraintTightened,
            Breaking, "ClipRequest.Value");
        yield return new ChangeCase($"{word} is tighter", [Limited(schema, word, wide)], [Limited(schema, word, narrow)],
            ChangeKind.ConstraintTightened, Breaking, "ClipRequest.Value");
        yield return new ChangeCase($"{word} is looser", [Limited(schema, word, narrow)], [Limited(schema, word, wide)],
            ChangeKind.ConstraintLoosened, Compatible, "ClipRequest.Value");
        yield return new ChangeCase($"{word} is gone", [Limited(schema, word, narrow)], [Limited(schema, word, null)], ChangeKind.ConstraintLoosened,
            Compatible, "ClipRequest.Value");
    }

    private static SpecText Limited(string schema, string word, double? limit)
    {
        var keyword = limit is { } number ? FormattableString.Invariant($", \"{word}\": {number}") : "";
        return Request($$""" "value": { {{schema}}{{keyword}} } """);
    }
}
