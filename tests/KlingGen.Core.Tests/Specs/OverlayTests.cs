using KlingGen.Json;
using KlingGen.Overlays;

namespace KlingGen.Core.Tests;

public class OverlayTests
{
    [Theory]
    [InlineData("{\"a\":{\"b\":1}}", "$.a", "{\"c\":2}", "{\"a\":{\"b\":1,\"c\":2}}")]
    [InlineData("{\"a\":{\"b\":1}}", "$.a", "{\"b\":2}", "{\"a\":{\"b\":2}}")]
    [InlineData("{\"a\":{\"b\":1}}", "$", "{\"a\":{\"c\":{}}}", "{\"a\":{\"b\":1,\"c\":{}}}")]
    [InlineData("{\"a\":{\"b\":1}}", "$", "{}", "{\"a\":{\"b\":1}}")]
    [InlineData("{\"a\":{\"b\":{\"c\":1,\"d\":2},\"e\":3}}", "$.a", "{\"b\":{\"d\":[],\"f\":4}}", null)]
    [InlineData("{\"a\":{\"b\":{\"c\":1,\"d\":2},\"e\":3}}", "$.a", "{\"b\":{\"d\":null,\"f\":[4]}}",
        "{\"a\":{\"b\":{\"c\":1,\"d\":null,\"f\":[4]},\"e\":3}}")]
    [InlineData("{\"a\":[1]}", "$", "{\"a\":[2,3]}", "{\"a\":[1,2,3]}")]
    [InlineData("{\"a\":[1]}", "$.a", "2", "{\"a\":[1,2]}")]
    [InlineData("{\"a\":[1]}", "$.a", "{\"b\":2}", "{\"a\":[1,{\"b\":2}]}")]
    [InlineData("{\"a\":[1]}", "$.a", "[2,3]", "{\"a\":[1,2,3]}")]
    [InlineData("{\"a\":1}", "$.a", "\"x\"", "{\"a\":\"x\"}")]
    [InlineData("{\"a\":null}", "$", "{\"a\":true}", "{\"a\":true}")]
    [InlineData("{\"a\":[{\"b\":1},{\"b\":2}]}", "$.a[1]", "{\"c\":3}", "{\"a\":[{\"b\":1},{\"b\":2,\"c\":3}]}")]
    [InlineData("{\"a\":[{\"b\":1},{\"b\":2}]}", "$.a[-2]", "{\"c\":3}", "{\"a\":[{\"b\":1,\"c\":3},{\"b\":2}]}")]
    [InlineData("{\"a\":[{\"b\":1},{\"b\":2}]}", "$.a[*]", "{\"c\":3}", "{\"a\":[{\"b\":1,\"c\":3},{\"b\":2,\"c\":3}]}")]
    [InlineData("{\"a\":{\"x\":{},\"y\":{}}}", "$.a.*", "{\"c\":3}", "{\"a\":{\"x\":{\"c\":3},\"y\":{\"c\":3}}}")]
    [InlineData("{\"a b\":{\"c'd\":{\"\\\"\":{}}}}", "$['a b'][\\\"c'd\\\"]['\\\"']", "{\"e\":0}", "{\"a b\":{\"c'd\":{\"\\\"\":{\"e\":0}}}}")]
    [InlineData("{\"x-fal\":{\"1\":{}}}", "$.x-fal.1", "{\"e\":0}", "{\"x-fal\":{\"1\":{\"e\":0}}}")]
    [InlineData("{\"ä\":{\"\u5317\":{}}}", "$.ä['\\\\u5317']", "{\"e\":0}", "{\"\\u00E4\":{\"\\u5317\":{\"e\":0}}}")]
    [InlineData("{\"p\":{\"seed\":{}},\"q\":[{\"p\":{\"seed\":{\"p\":{\"seed\":{}}}}}]}", "$..p.seed", "{\"e\":0}",
        "{\"p\":{\"seed\":{\"e\":0}},\"q\":[{\"p\":{\"seed\":{\"p\":{\"seed\":{\"e\":0}},\"e\":0}}}]}")]
    [InlineData("{\"a\":[[{}]]}", "$..[0]", "{\"e\":0}", "{\"a\":[[{\"e\":0},{\"e\":0}]]}")]
    [InlineData("{\"a\":[{},[]]}", "$..[0]", "{\"e\":0}", "{\"a\":[{\"e\":0},[]]}")]
    [InlineData("{\"a\":{\"b\":{}}}", "$..*", "{\"e\":{}}", "{\"a\":{\"b\":{\"e\":{}},\"e\":{}}}")]
    public void An_update_merges_joins_or_replaces(string document, string target, string update, string? expected)
    {
        var (result, problems) = Apply(document, $$"""{"target":"{{target}}","update":{{update}}}""");
        if (expected is null)
        {
            Assert.Equal(OverlayProblemKind.Incompatible, Assert.Single(problems).Kind);
            Assert.Equal(document, JsonText.Write(result));
            return;
        }

        Assert.Empty(problems);
        Assert.Equal(expected, JsonText.Write(result));
    }

    [Theory]
    [InlineData("{\"a\":{\"b\":1,\"c\":2}}", "$.a.b", "{\"a\":{\"c\":2}}")]
    [InlineData("{\"a\":{\"b\":1}}", "$.a", "{}")]
    [InlineData("{\"a\":[1,2,3]}", "$.a[1]", "{\"a\":[1,3]}")]
    [InlineData("{\"a\":[1,2,3]}", "$.a[*]", "{\"a\":[]}")]
    [InlineData("{\"a\":[1,2,3]}", "$.a[-1]", "{\"a\":[1,2]}")]
    [InlineData("{\"a\":{\"x\":1},\"b\":[{\"x\":{\"x\":2}},3]}", "$..x", "{\"a\":{},\"b\":[{},3]}")]
    [InlineData("{\"a\":1,\"b\":2}", "$.*", "{}")]
    public void A_removal_takes_what_it_names(string document, string target, string expected)
    {
        var (result, problems) = Apply(document, $$"""{"target":"{{target}}","update":{"ignored":1},"remove":true}""");
        Assert.Empty(problems);
        Assert.Equal(expected, JsonText.Write(result));
    }

    [Fact]
    public void Actions_come_one_after_the_other()
    {
        var (result, problems) = Apply(
            "{\"a\":{\"type\":\"string\",\"default\":{}}}",
            """{"target":"$.a.default","remove":true}""",
            """{"target":"$.a","update":{"default":"x"}}""",
            """{"target":"$.a.default","update":"y"}""");
        Assert.Empty(problems);
        Assert.Equal("{\"a\":{\"type\":\"string\",\"default\":\"y\"}}", JsonText.Write(result));
    }

    [Fact]
    public void Remove_false_is_an_update_like_any_other()
    {
        var (result, problems) = Apply("{\"a\":{}}", """{"target":"$.a","update":{"b":1},"remove":false}""");
        Assert.Empty(problems);
        Assert.Equal("{\"a\":{\"b\":1}}", JsonText.Write(result));
    }

    [Theory]
    [InlineData("\"$.a.nothing.c\"", nameof(OverlayProblemKind.TargetNotFound), ".nothing", "$.a.nothing")]
    [InlineData("\"$.nothing\"", nameof(OverlayProblemKind.TargetNotFound), ".nothing", "$.nothing")]
    [InlineData("\"$.list[7].b\"", nameof(OverlayProblemKind.TargetNotFound), "[7]", "$.list[7]")]
    [InlineData("\"$.list[-4]\"", nameof(OverlayProblemKind.TargetNotFound), "[-4]", "$.list[-4]")]
    [InlineData("\"$.list.a\"", nameof(OverlayProblemKind.TargetNotFound), ".a", "$.list.a")]
    [InlineData("\"$.a[0]\"", nameof(OverlayProblemKind.TargetNotFound), "[0]", "$.a[0]")]
    [InlineData("\"$.text.b\"", nameof(OverlayProblemKind.TargetNotFound), ".b", "$.text.b")]
    [InlineData("\"$..nothing\"", nameof(OverlayProblemKind.TargetNotFound), "..nothing", "$..nothing")]
    [InlineData("\"$['no\\u0074hing']\"", nameof(OverlayProblemKind.TargetNotFound), "\"$['no\\u0074hing']\"", "$['nothing']")]
    [InlineData("\"a.b\"", nameof(OverlayProblemKind.BadTarget), "a", "it should begin with '$'")]
    [InlineData("\"\"", nameof(OverlayProblemKind.BadTarget), "", "it should begin with '$'")]
    [InlineData("\"$a\"", nameof(OverlayProblemKind.BadTarget), "a", "'.' or '[' should stand here")]
    [InlineData("\"$.\"", nameof(OverlayProblemKind.BadTarget), "", "a name should stand here")]
    [InlineData("\"$.a b\"", nameof(OverlayProblemKind.BadTarget), " ", "'.' or '[' should stand here")]
    [InlineData("\"$...a\"", nameof(OverlayProblemKind.BadTarget), ".", "a name should stand here")]
    [InlineData("\"$['a\"", nameof(OverlayProblemKind.BadTarget), "'", "the closing quote is missing")]
    [InlineData("\"$['a'\"", nameof(OverlayProblemKind.BadTarget), "", "']' should stand here")]
    [InlineData("\"$[a]\"", nameof(OverlayProblemKind.BadTarget), "a", "a quoted name, a number or '*' should stand here")]
    [InlineData("\"$[\"", nameof(OverlayProblemKind.BadTarget), "", "a quoted name, a number or '*' should stand here")]
    [InlineData("\"$[99999999999]\"", nameof(OverlayProblemKind.BadTarget), "9", "this is no index")]
    [InlineData("\"$[-]\"", nameof(OverlayProblemKind.BadTarget), "-", "this is no index")]
    [InlineData("\"$.list[?@.b == 1]\"", nameof(OverlayProblemKind.UnsupportedTarget), "?", "filters")]
    [InlineData("\"$.list[?(@.b)]\"", nameof(OverlayProblemKind.UnsupportedTarget), "?", "filters")]
    [InlineData("\"$.list[0:2]\"", nameof(OverlayProblemKind.UnsupportedTarget), ":", "slices")]
    [InlineData("\"$.list[:2]\"", nameof(OverlayProblemKind.UnsupportedTarget), ":", "slices")]
    [InlineData("\"$['a','b']\"", nameof(OverlayProblemKind.UnsupportedTarget), ",", "lists")]
    [InlineData("\"$..a..b\"", nameof(OverlayProblemKind.UnsupportedTarget), "..", "two '..'")]
    [InlineData("7", nameof(OverlayProblemKind.WrongKind), "7", "a string")]
    public void A_target_that_does_not_work_is_a_problem_at_its_place(string target, string kind, string place, string argument)
    {
        const string document = "{\"a\":{\"b\":{}},\"list\":[{},1,2],\"text\":\"x\"}";
        var overlay = Overlaid($$$"""{"target":{{{target}}},"update":{}}""");
        var (result, problems) = ApplyText(document, overlay);

        var problem = Assert.Single(problems);
        Assert.Equal((kind, argument), (problem.Kind.ToString(), problem.Argument));
        Assert.Equal(place, overlay.Substring(problem.Range.Start, problem.Range.Length));
        Assert.Equal(1, problem.Source);
        Assert.Equal(document, JsonText.Write(result));
    }

    [Theory]
    [InlineData("[]", nameof(OverlayProblemKind.NotAnOverlay), "[]")]
    [InlineData("{\"openapi\":\"3.0.4\"}", nameof(OverlayProblemKind.NotAnOverlay), "{\"openapi\":\"3.0.4\"}")]
    [InlineData("{\"overlay\":1,\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":[]}", nameof(OverlayProblemKind.WrongKind), "1")]
    [InlineData("{\"overlay\":\"2.0.0\"}", nameof(OverlayProblemKind.UnsupportedVersion), "\"2.0.0\"")]
    [InlineData("{\"overlay\":\"1.1.0\"}", nameof(OverlayProblemKind.UnsupportedVersion), "\"1.1.0\"")]
    [InlineData("{\"overlay\":\"1.0.0\",\"actions\":[]}", nameof(OverlayProblemKind.MissingField), "{")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\"},\"actions\":[]}", nameof(OverlayProblemKind.MissingField), "{")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":1},\"actions\":[]}", nameof(OverlayProblemKind.WrongKind), "1")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":7,\"actions\":[]}", nameof(OverlayProblemKind.WrongKind), "7")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"}}", nameof(OverlayProblemKind.MissingField), "{")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":{}}", nameof(OverlayProblemKind.WrongKind), "{}")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":[],\"extend\":\"\"}",
        nameof(OverlayProblemKind.UnknownField), "\"extend\"")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":[3]}", nameof(OverlayProblemKind.WrongKind), "3")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":[{\"update\":{}}]}",
        nameof(OverlayProblemKind.MissingField), "{")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":[{\"target\":\"$\"}]}",
        nameof(OverlayProblemKind.NothingToDo), "{\"target\":\"$\"}")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":[{\"target\":\"$\",\"remove\":true}]}",
        nameof(OverlayProblemKind.RemovesEverything), "\"$\"")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":[{\"target\":\"$.a\",\"remove\":\"yes\"}]}",
        nameof(OverlayProblemKind.WrongKind), "\"yes\"")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},"
        + "\"actions\":[{\"target\":\"$.a\",\"update\":{},\"copy\":\"$.b\"}]}", nameof(OverlayProblemKind.UnknownField), "\"copy\"")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":[{\"target\":\"$.a\",\"update\":[1]}]}",
        nameof(OverlayProblemKind.Incompatible), "[1]")]
    [InlineData("{\"overlay\":\"1.0.0\",\"info\":{\"title\":\"\",\"version\":\"\"},\"actions\":[{\"target\":\"$\",\"update\":{\"a\":\"x\"}}]}",
        nameof(OverlayProblemKind.Incompatible), "\"x\"")]
    public void A_malformed_overlay_is_a_problem_at_its_place_and_changes_nothing(string overlay, string kind, string place)
    {
        const string document = "{\"a\":{\"b\":1}}";
        var (result, problems) = ApplyText(document, overlay);

        var problem = Assert.Single(problems);
        Assert.Equal((kind, place), (problem.Kind.ToString(), overlay.Substring(problem.Range.Start, problem.Range.Length)));
        Assert.Equal(document, JsonText.Write(result));
    }

    [Fact]
    public void One_bad_action_does_not_stop_the_others()
    {
        var (result, problems) = Apply("{\"a\":{}}", """{"target":"$.b","update":{}}""", """{"target":"$.a","update":{"c":1}}""", "3");
        Assert.Equal([OverlayProblemKind.TargetNotFound, OverlayProblemKind.WrongKind], problems.Select(p => p.Kind));
        Assert.Equal("{\"a\":{\"c\":1}}", JsonText.Write(result));
    }

    [Fact]
    public void Fields_of_ones_own_begin_with_x()
    {
        var (_, problems) = ApplyText("{}", """{"overlay":"1.0.7","x-a":1,"info":"""
            + """{"title":"t","version":"1","x-b":2},"extends":"a.json","actions":[{"target":"$","description":"d","update":{},"x-c":3}]}""");
        Assert.Empty(problems);
    }

    [Fact]
    public void Every_part_of_the_result_knows_where_it_was_written()
    {
        const string document = """{"a":{"b":1,"c":{"d":2}},"list":[1]}""";
        string[] overlays =
        [
            Overlaid("""{"target":"$.a","update":{"b":10,"c":{"e":30},"f":{"g":40}}}""", """{"target":"$.list","update":50}"""),
            Overlaid("""{"target":"$.a.c.d","update":20}""", """{"target":"$.a.f","update":{"g":41}}"""),
        ];
        string[] texts = [document, .. overlays];

        var root = JsonReader.Read(document).Root!;
        var problems = new List<OverlayProblem>();
        for (var i = 0; i < overlays.Length; i++) root = Overlay.Apply(root, JsonReader.Read(overlays[i], i + 1).Root!, problems);

        Assert.Empty(problems);
        Assert.Equal("""{"a":{"b":10,"c":{"d":20,"e":30},"f":{"g":41}},"list":[1,50]}""", JsonText.Write(root));
        Assert.Equal((0, document), Written(root));
        Assert.Equal((1, "10"), Written(root.Get("a")!.Get("b")!));
        Assert.Equal((0, """{"d":2}"""), Written(root.Get("a")!.Get("c")!));
        Assert.Equal((2, "20"), Written(root.Get("a")!.Get("c")!.Get("d")!));
        Assert.Equal((1, "30"), Written(root.Get("a")!.Get("c")!.Get("e")!));
        Assert.Equal((1, """{"g":40}"""), Written(root.Get("a")!.Get("f")!));
        Assert.Equal((2, "41"), Written(root.Get("a")!.Get("f")!.Get("g")!));
        Assert.Equal([(0, "1"), (1, "50")], root.Get("list")!.Items.Select(Written));
        CheckNames(root);

        (int, string) Written(SpecNode node) => (node.Source, texts[node.Source].Substring(node.Range.Start, node.Range.Length));

        // A name stands in the text of its value; a value that came without a name stands for it.
        void CheckNames(SpecNode node)
        {
            foreach (var member in node.Members)
            {
                var place = texts[member.Value.Source].Substring(member.NameRange.Start, member.NameRange.Length);
                Assert.Contains(place, (string[])["\"" + member.Name + "\"", Written(member.Value).Item2]);
                CheckNames(member.Value);
            }
        }
    }

    [Fact]
    public void The_document_itself_stays_as_it_was()
    {
        const string document = """{"a":{"b":[1]},"c":{"d":{}}}""";
        var root = JsonReader.Read(document).Root!;
        var changed = Overlay.Apply(root, JsonReader.Read(Overlaid("""{"target":"$.a.b[0]","remove":true}"""), 1).Root!, []);

        Assert.Equal(document, JsonText.Write(root));
        Assert.Equal("""{"a":{"b":[]},"c":{"d":{}}}""", JsonText.Write(changed));
        Assert.Same(root.Get("c"), changed.Get("c"));
    }

    [Fact]
    public void An_overlay_is_told_from_a_document_and_names_the_one_it_is_for()
    {
        var overlay = JsonReader.Read("""{"overlay":"1.0.0","extends":"a.json"}""").Root!;
        Assert.True(Overlay.IsOverlay(overlay));
        Assert.False(Overlay.IsOverlay(JsonReader.Read("""{"openapi":"3.0.4"}""").Root!));
        Assert.Equal("a.json", Overlay.Extends(overlay)!.Text);
        Assert.Null(Overlay.Extends(JsonReader.Read("{}").Root!));
    }

    [Fact]
    public void An_overlay_that_multiplies_itself_is_stopped()
    {
        var actions = Enumerable.Range(0, 60).Select(i => "{\"target\":\"$..x\",\"update\":{\"k" + i + "\":{\"x\":{}}}}").ToArray();
        var (_, problems) = Apply("{\"x\":{}}", actions);
        Assert.Equal(OverlayProblemKind.TooMuch, Assert.Single(problems).Kind);
    }

    [Fact]
    public void An_overlay_that_digs_ever_deeper_is_stopped()
    {
        var chain = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "{\"leaf\":{}}" + new string('}', 200);
        var actions = Enumerable.Range(0, 50)
            .Select(i => "{\"target\":\"$..leaf" + i + "\",\"update\":" + chain.Replace("leaf", "leaf" + (i + 1), StringComparison.Ordinal) + "}")
                .ToArray();
        var (_, problems) = Apply("{\"leaf0\":{}}", actions);
        Assert.Contains(problems, p => p.Kind == OverlayProblemKind.TooMuch);
        Assert.InRange(problems.Count, 1, Overlay.MaxProblems);
    }

    [Fact]
    public void After_many_problems_the_rest_is_left_alone()
    {
        var (_, problems) = Apply("{}", [.. Enumerable.Repeat("1", 5000)]);
        Assert.Equal(Overlay.MaxProblems, problems.Count);
    }

    [Fact]
    public void Every_kind_of_problem_has_words_of_its_own()
    {
        var messages = Enum.GetValues<OverlayProblemKind>().Select(kind => new OverlayProblem(kind, 1, default, "x").Message).ToList();
        Assert.Equal(messages.Count, messages.Distinct().Count());
        Assert.DoesNotContain("the overlay cannot be applied", messages);
    }

    [Fact]
    public void Any_text_as_a_target_gives_a_path_or_a_problem()
    {
        var random = new Random(7);
        const string alphabet = "$.[]'\"*ab01-\\u?:,() @\uD800";
        for (var round = 0; round < 50_000; round++)
        {
            var text = "$" + new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var target = OverlayTarget.Parse(text);
            if (target.Problem is { } problem) Assert.InRange(problem.Range.End, problem.Range.Start, text.Length);
            else Assert.Equal(text.Length - 1, target.Steps.Sum(step => step.Length));
        }
    }

    private static string Overlaid(params string[] actions)
        => """{ "overlay": "1.0.0", "info": { "title": "t", "version": "1" }, "actions": [""" + string.Join(", ", actions) + "] }";

    private static (SpecNode Result, List<OverlayProblem> Problems) Apply(string document, params string[] actions)
        => ApplyText(document, Overlaid(actions));

    private static (SpecNode Result, List<OverlayProblem> Problems) ApplyText(string document, string overlay)
    {
        var problems = new List<OverlayProblem>();
        var reading = JsonReader.Read(overlay, 1);
        Assert.Empty(reading.Problems);
        return (Overlay.Apply(JsonReader.Read(document).Root!, reading.Root!, problems), problems);
    }
}
