using KlingGen.Json;

namespace KlingGen.Core.Tests;

public class JsonReaderTests
{
    [Theory]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData(" false ", "false")]
    [InlineData("0", "0")]
    [InlineData("-0", "-0")]
    [InlineData("-12.50e+3", "-12.50e+3")]
    [InlineData("1E400", "1E400")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"a\"", "\"a\"")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\ude00\"", "\"\\\"\\\\/\\u0008\\u000C\\u000A\\u000D\\u0009\\u00E4\\uD83D\\uDE00\"")]
    [InlineData("\"\\uD800\"", "\"\\uD800\"")]
    [InlineData("\"\\uDC00\\uD800x\"", "\"\\uDC00\\uD800x\"")]
    [InlineData("\"\u007F\u0085\u2028\uFEFF\"", "\"\\u007F\\u0085\\u2028\\uFEFF\"")]
    [InlineData("[]", "[]")]
    [InlineData("[ ]", "[]")]
    [InlineData("[1,[2],{}]", "[1,[2],{}]")]
    [InlineData("{}", "{}")]
    [InlineData("\t{ \"a\" : 1 ,\r\n\"b\":[ ] } \n", "{\"a\":1,\"b\":[]}")]
    [InlineData("{\"\":{\"\":0}}", "{\"\":{\"\":0}}")]
    [InlineData("{\"\\u0061\":1}", "{\"a\":1}")]
    [InlineData("\uFEFF[1]", "[1]")]
    public void Json_is_read(string text, string expected)
    {
        var reading = JsonReader.Read(text);
        Assert.Empty(reading.Problems);
        Assert.Equal(expected, JsonText.Write(reading.Root!));
    }

    [Theory]
    [InlineData("", nameof(JsonProblemKind.Empty), 0, 0, null)]
    [InlineData(" \n", nameof(JsonProblemKind.Empty), 2, 0, null)]
    [InlineData("\uFEFF", nameof(JsonProblemKind.Empty), 1, 0, null)]
    [InlineData("{", nameof(JsonProblemKind.UnexpectedEnd), 1, 0, "}")]
    [InlineData("{\"a\"", nameof(JsonProblemKind.UnexpectedEnd), 4, 0, "}")]
    [InlineData("{\"a\":", nameof(JsonProblemKind.UnexpectedEnd), 5, 0, "}")]
    [InlineData("{\"a\":1", nameof(JsonProblemKind.UnexpectedEnd), 6, 0, "}")]
    [InlineData("{\"a\":1,", nameof(JsonProblemKind.UnexpectedEnd), 7, 0, "}")]
    [InlineData("[", nameof(JsonProblemKind.UnexpectedEnd), 1, 0, "]")]
    [InlineData("[1", nameof(JsonProblemKind.UnexpectedEnd), 2, 0, "]")]
    [InlineData("[1, ", nameof(JsonProblemKind.UnexpectedEnd), 4, 0, "]")]
    [InlineData("[1,]", nameof(JsonProblemKind.TrailingComma), 2, 1, "]")]
    [InlineData("{\"a\":1 , }", nameof(JsonProblemKind.TrailingComma), 7, 1, "}")]
    [InlineData("[,1]", nameof(JsonProblemKind.UnexpectedCharacter), 1, 1, ",")]
    [InlineData("[1,,2]", nameof(JsonProblemKind.UnexpectedCharacter), 3, 1, ",")]
    [InlineData("{,}", nameof(JsonProblemKind.MissingName), 1, 1, "}")]
    [InlineData("{a:1}", nameof(JsonProblemKind.MissingName), 1, 1, "}")]
    [InlineData("{'a':1}", nameof(JsonProblemKind.MissingName), 1, 1, "}")]
    [InlineData("{1:1}", nameof(JsonProblemKind.MissingName), 1, 1, "}")]
    [InlineData("{\"a\" 1}", nameof(JsonProblemKind.MissingColon), 5, 1, "}")]
    [InlineData("{\"a\"}", nameof(JsonProblemKind.MissingColon), 4, 1, "}")]
    [InlineData("{\"a\":}", nameof(JsonProblemKind.UnexpectedCharacter), 5, 1, "}")]
    [InlineData("{\"a\":1 \"b\":2}", nameof(JsonProblemKind.MissingComma), 7, 1, "}")]
    [InlineData("[1 2]", nameof(JsonProblemKind.MissingComma), 3, 1, "]")]
    [InlineData("[1}", nameof(JsonProblemKind.MissingComma), 2, 1, "]")]
    [InlineData("{\"a\":[1}", nameof(JsonProblemKind.MissingComma), 7, 1, "]")]
    [InlineData("]", nameof(JsonProblemKind.UnexpectedCharacter), 0, 1, "]")]
    [InlineData("1 2", nameof(JsonProblemKind.TrailingText), 2, 1, null)]
    [InlineData("{}x", nameof(JsonProblemKind.TrailingText), 2, 1, null)]
    [InlineData("[]]", nameof(JsonProblemKind.TrailingText), 2, 1, null)]
    [InlineData("null\u0000", nameof(JsonProblemKind.TrailingText), 4, 1, null)]
    [InlineData("// a\n1", nameof(JsonProblemKind.Comment), 0, 2, null)]
    [InlineData("[1 /* a */]", nameof(JsonProblemKind.Comment), 3, 2, null)]
    [InlineData("{ // a\n}", nameof(JsonProblemKind.Comment), 2, 2, null)]
    [InlineData("{\"a\" /**/: 1}", nameof(JsonProblemKind.Comment), 5, 2, null)]
    [InlineData("{} // end", nameof(JsonProblemKind.Comment), 3, 2, null)]
    [InlineData("[1, // a\n]", nameof(JsonProblemKind.Comment), 4, 2, null)]
    [InlineData("/", nameof(JsonProblemKind.UnexpectedCharacter), 0, 1, "/")]
    [InlineData("True", nameof(JsonProblemKind.BadWord), 0, 4, "True")]
    [InlineData("[nul]", nameof(JsonProblemKind.BadWord), 1, 3, "nul")]
    [InlineData("nulll", nameof(JsonProblemKind.BadWord), 0, 5, "nulll")]
    [InlineData("[NaN]", nameof(JsonProblemKind.BadWord), 1, 3, "NaN")]
    [InlineData("'a'", nameof(JsonProblemKind.BadWord), 0, 2, "'a")]
    [InlineData("undefined", nameof(JsonProblemKind.BadWord), 0, 9, "undefined")]
    [InlineData("01", nameof(JsonProblemKind.BadNumber), 0, 2, "01")]
    [InlineData("-", nameof(JsonProblemKind.BadNumber), 0, 1, "-")]
    [InlineData("[-a]", nameof(JsonProblemKind.BadNumber), 1, 2, "-a")]
    [InlineData("-Infinity", nameof(JsonProblemKind.BadNumber), 0, 9, "-Infinity")]
    [InlineData("+1", nameof(JsonProblemKind.BadNumber), 0, 2, "+1")]
    [InlineData(".5", nameof(JsonProblemKind.BadNumber), 0, 2, ".5")]
    [InlineData("5.", nameof(JsonProblemKind.BadNumber), 0, 2, "5.")]
    [InlineData("1.2.3", nameof(JsonProblemKind.BadNumber), 0, 5, "1.2.3")]
    [InlineData("1e", nameof(JsonProblemKind.BadNumber), 0, 2, "1e")]
    [InlineData("[1e+]", nameof(JsonProblemKind.BadNumber), 1, 3, "1e+")]
    [InlineData("0x10", nameof(JsonProblemKind.BadNumber), 0, 4, "0x10")]
    [InlineData("1_000", nameof(JsonProblemKind.BadNumber), 0, 5, "1_000")]
    [InlineData("\"abc", nameof(JsonProblemKind.UnterminatedString), 0, 4, null)]
    [InlineData("[\"abc\\\"", nameof(JsonProblemKind.UnterminatedString), 1, 6, null)]
    [InlineData("\"abc\\", nameof(JsonProblemKind.UnterminatedString), 0, 5, null)]
    [InlineData("\"abc\\u12", nameof(JsonProblemKind.UnterminatedString), 0, 8, null)]
    [InlineData("{\"abc", nameof(JsonProblemKind.UnterminatedString), 1, 4, null)]
    [InlineData("\"a\nb\"", nameof(JsonProblemKind.ControlCharacter), 2, 1, "a line break")]
    [InlineData("\"a\tb\"", nameof(JsonProblemKind.ControlCharacter), 2, 1, "a tab")]
    [InlineData("\"a\u0000b\"", nameof(JsonProblemKind.ControlCharacter), 2, 1, "the control character U+0000")]
    [InlineData("\"a string that is long enough for the search\u001F\"", nameof(JsonProblemKind.ControlCharacter), 44, 1,
        "the control character U+001F")]
    [InlineData("\"\\n a string that is long enough for the search\u0001\"", nameof(JsonProblemKind.ControlCharacter), 47, 1,
        "the control character U+0001")]
    [InlineData("{\"a\nb\":1}", nameof(JsonProblemKind.ControlCharacter), 3, 1, "a line break")]
    [InlineData("\"a\\x\"", nameof(JsonProblemKind.BadEscape), 2, 2, "\\x")]
    [InlineData("\"\\u12g4\"", nameof(JsonProblemKind.BadEscape), 1, 4, "\\u12")]
    [InlineData("\"\\U0041\"", nameof(JsonProblemKind.BadEscape), 1, 2, "\\U")]
    [InlineData("\"\\u\"", nameof(JsonProblemKind.BadEscape), 1, 2, "\\u")]
    [InlineData("\u0007", nameof(JsonProblemKind.UnexpectedCharacter), 0, 1, "U+0007")]
    [InlineData("\u00A0[]", nameof(JsonProblemKind.UnexpectedCharacter), 0, 1, "U+00A0")]
    [InlineData("[\uD83D\uDE00]", nameof(JsonProblemKind.UnexpectedCharacter), 1, 1, "U+D83D")]
    [InlineData("[\uFEFF]", nameof(JsonProblemKind.UnexpectedCharacter), 1, 1, "U+FEFF")]
    [InlineData("{\"a\":{\"b\":[true,fals]}}", nameof(JsonProblemKind.BadWord), 16, 4, "fals")]
    public void What_is_no_json_is_refused_at_its_place(string text, string kind, int start, int length, string? argument)
    {
        var reading = JsonReader.Read(text);
        Assert.Null(reading.Root);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((kind, new SourceRange(start, length), argument), (problem.Kind.ToString(), problem.Range, problem.Argument));
        Assert.NotEqual("", problem.Message);
    }

    [Fact]
    public void Every_kind_of_problem_has_words_of_its_own()
    {
        var messages = Enum.GetValues<JsonProblemKind>().Select(kind => new JsonProblem(kind, default, "x").Message).ToList();
        Assert.Equal(messages.Count, messages.Distinct().Count());
        Assert.DoesNotContain("the text is not JSON", messages);
    }

    [Fact]
    public void A_message_shows_nothing_that_could_pass_for_another_line_of_a_log()
    {
        var problem = Assert.Single(JsonReader.Read("{\"a\\nerror KLG000\\u202e\":1,\"a\\nerror KLG000\\u202e\":2}").Problems);
        Assert.Equal("a\uFFFDerror KLG000\uFFFD", problem.Argument);
        Assert.InRange(Assert.Single(JsonReader.Read("z" + new string('z', 5000)).Problems).Message.Length, 10, 200);
    }

    [Fact]
    public void Every_value_and_name_knows_its_place()
    {
        const string text = " { \"a\" : [ 1.50 , \"x\\n\" , { } ] , \"b\\u0062\" : null } ";
        var root = JsonReader.Read(text).Root!;

        Assert.Equal("{ \"a\" : [ 1.50 , \"x\\n\" , { } ] , \"b\\u0062\" : null }", Slice(root.Range));
        Assert.Equal("\"a\"", Slice(root.Members[0].NameRange));
        Assert.Equal("\"b\\u0062\"", Slice(root.Members[1].NameRange));
        Assert.Equal("bb", root.Members[1].Name);
        Assert.Equal("null", Slice(root.Members[1].Value.Range));
        var list = root.Get("a")!;
        Assert.Equal(["[ 1.50 , \"x\\n\" , { } ]", "1.50", "\"x\\n\"", "{ }"], new[] { list }.Concat(list.Items).Select(n => Slice(n.Range)));

        string Slice(SourceRange range) => text.Substring(range.Start, range.Length);
    }

    [Fact]
    public void The_last_of_equal_names_counts_and_the_repetition_is_a_problem_at_its_place()
    {
        const string text = "{\"b\":0,\"a\":1,\"x\":{\"y\":1,\"y\":2},\"\\u0061\":2,\"c\":3,\"a\":4}";
        var reading = JsonReader.Read(text);

        Assert.Equal("{\"b\":0,\"x\":{\"y\":2},\"c\":3,\"a\":4}", JsonText.Write(reading.Root!));
        Assert.Equal(
            [(JsonProblemKind.DuplicateName, "\"y\"", "y"), (JsonProblemKind.DuplicateName, "\"\\u0061\"", "a"),
                (JsonProblemKind.DuplicateName, "\"a\"", "a")],
            reading.Problems.Select(p => (p.Kind, text.Substring(p.Range.Start, p.Range.Length), p.Argument!)));
        Assert.True(reading.Problems[0].Range.Start < reading.Problems[1].Range.Start
            && reading.Problems[1].Range.Start < reading.Problems[2].Range.Start);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(5000)]
    public void An_object_finds_its_members_whatever_their_number(int count)
    {
        var text = "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"name{i}\":{i}")) + ",\"name0\":-1}";
        var reading = JsonReader.Read(text);

        Assert.Equal(JsonProblemKind.DuplicateName, Assert.Single(reading.Problems).Kind);
        Assert.Equal(count, reading.Root!.Members.Length);
        Assert.Equal("-1", reading.Root.Get("name0")!.Text);
        for (var i = 1; i < count; i++)
            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), reading.Root.Get("name" + i)!.Text);
        Assert.Null(reading.Root.Get("name"));
        Assert.Null(reading.Root.Get("zzz"));
        Assert.True(reading.Root.TryGetMember("name1", out var member));
        Assert.Equal("\"name1\"", text.Substring(member.NameRange.Start, member.NameRange.Length));
    }

    [Fact]
    public void Many_repetitions_are_reported_up_to_a_limit()
    {
        var reading = JsonReader.Read("{" + string.Join(',', Enumerable.Range(1, 100_000).Select(i => $"\"a\":{i},\"b\":{-i}")) + "}");
        Assert.Equal(JsonReader.MaxDuplicates, reading.Problems.Length);
        Assert.Equal("{\"a\":100000,\"b\":-100000}", JsonText.Write(reading.Root!));
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Nesting_is_limited_and_the_place_is_the_bracket_that_is_too_many(char open, char close)
    {
        var one = open == '[' ? "[" : "{\"a\":";
        var inside = open == '[' ? "" : "0";
        var fits = string.Concat(Enumerable.Repeat(one, JsonReader.MaxDepth)) + inside + new string(close, JsonReader.MaxDepth);
        Assert.Empty(JsonReader.Read(fits).Problems);

        foreach (var depth in (int[])[JsonReader.MaxDepth + 1, 100_000])
        {
            var problem = Assert.Single(JsonReader.Read(string.Concat(Enumerable.Repeat(one, depth))).Problems);
            Assert.Equal((JsonProblemKind.TooDeep, new SourceRange(one.Length * JsonReader.MaxDepth, 1), "256"),
                (problem.Kind, problem.Range, problem.Argument));
        }
    }

    [Fact]
    public void A_text_beyond_the_limit_is_not_read()
    {
        var problem = Assert.Single(JsonReader.Read(new string(' ', JsonReader.MaxLength + 1)).Problems);
        Assert.Equal((JsonProblemKind.TooLarge, default(SourceRange)), (problem.Kind, problem.Range));
    }

    [Fact]
    public void Five_megabytes_are_read()
    {
        var item = "{\"name\":\"" + new string('x', 200) + "\",\"list\":[1,2,3],\"text\":\"a\\tb\"}";
        var text = "[" + string.Join(",\n", Enumerable.Repeat(item, 5_000_000 / item.Length)) + "]";
        var root = JsonReader.Read(text).Root!;

        Assert.Equal(5_000_000 / item.Length, root.Items.Length);
        Assert.Equal("a\tb", root.Items[^1].Get("text")!.Text);
        Assert.Equal(item, text.Substring(root.Items[^1].Range.Start, root.Items[^1].Range.Length));
    }

    [Fact]
    public void A_node_says_which_text_it_came_from()
    {
        var root = JsonReader.Read("{\"a\":[1,\"x\",true,\"\\n\",{}]}", 3).Root!;
        Assert.All(new[] { root, root.Get("a")! }.Concat(root.Get("a")!.Items), node => Assert.Equal(3, node.Source));
    }

    [Fact]
    public void White_space_is_allowed_between_all_tokens()
    {
        foreach (var space in (string[])["", " ", "\n", "\r\n\t ", new string(' ', 50)])
        {
            string[] tokens = ["", "{", "\"a name\"", ":", "[", "1", ",", "\"b\\n\"", ",", "true", "]", ",", "\"c\"", ":", "{", "}", "}", ""];
            var text = string.Join(space, tokens);
            Assert.Equal("{\"a name\":[1,\"b\\u000A\",true],\"c\":{}}", JsonText.Write(JsonReader.Read(text).Root!));
        }
    }

    [Fact]
    public void A_control_character_is_found_wherever_in_a_string_it_stands()
    {
        for (var length = 1; length < 45; length++)
        {
            for (var at = 0; at < length; at++)
            {
                foreach (var control in (char[])['\0', '\u0001', '\n', '\u001F'])
                {
                    var text = new string('a', at) + control + new string('é', length - at - 1);
                    var problem = Assert.Single(JsonReader.Read("[\"" + text + "\", \"\u4e2d plain\"]", 0).Problems);
                    Assert.Equal(JsonProblemKind.ControlCharacter, problem.Kind);
                    Assert.Equal(at + 2, problem.Range.Start);
                }
            }
        }
    }

    [Theory]
    [InlineData("\\\"", "\"")]
    [InlineData("\\\\", "\\")]
    [InlineData("\\u00e9", "é")]
    public void An_escape_is_read_wherever_in_a_string_it_stands(string escape, string meaning)
    {
        for (var length = 0; length < 45; length++)
        {
            for (var at = 0; at <= length; at++)
            {
                var (before, behind) = (new string('a', at), new string('b', length - at));
                var root = JsonReader.Read("{\"" + before + escape + behind + "\":\"" + behind + escape + escape + before + escape
                    + "\",\"z\":1}").Root!;
                Assert.Equal(behind + meaning + meaning + before + meaning, root.Get(before + meaning + behind)!.Text);
                Assert.Equal("1", root.Get("z")!.Text);
            }
        }
    }

    [Theory]
    [InlineData("\u0001", JsonProblemKind.ControlCharacter)]
    [InlineData("\\x", JsonProblemKind.BadEscape)]
    public void What_is_wrong_behind_an_escape_is_found_at_its_place(string wrong, object kind)
    {
        for (var length = 0; length < 45; length++)
        {
            var text = "[\"\\n" + new string('a', length) + wrong + "\\n\", \"plain\"]";
            var problem = Assert.Single(JsonReader.Read(text).Problems);
            Assert.Equal(kind, problem.Kind);
            Assert.Equal(length + 4, problem.Range.Start);
        }
    }
}
