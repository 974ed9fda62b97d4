using Fal.Tests.Harness;
using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class ChecksTests
{
    private static readonly string[] Many
        = [.. Enumerable.Range(1, 13).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    private static readonly FalEnumTable<TextToClipDuration> Durations = new("5", "10");

    /// <summary>Each check with the value that fires it, what it says, and the near miss on which it stays quiet.</summary>
    public static TheoryData<string, Action<FalChecks>, Action<FalChecks>, string, string, string?> Table => new()
    {
        { "required", c => c.Required("a", null), c => c.Required("a", ""), "missing", "'a' is required", null },
        { "too short", c => c.Length("a", "", 1, 500), c => c.Length("a", "x", 1, 500), "string_too_short",
            "'a' must have 1 to 500 characters, not 0", """{"min_length":1}""" },
        { "too long", c => c.Length("a", "four", 1, 3), c => c.Length("a", "tri", 1, 3), "string_too_long", "'a' must have 1 to 3 characters, not 4",
            """{"max_length":3}""" },
        { "too long, open below", c => c.Length("a", "ab", max: 1), c => c.Length("a", "b", max: 1), "string_too_long",
            "'a' must have at most 1 character, not 2", """{"max_length":1}""" },
        { "too short, open above", c => c.Length("a", "a", min: 2), c => c.Length("a", "ab", min: 2), "string_too_short",
            "'a' must have at least 2 characters, not 1", """{"min_length":2}""" },
        { "exact length", c => c.Length("a", "abc", 2, 2), c => c.Length("a", "ab", 2, 2), "string_too_long",
            "'a' must have exactly 2 characters, not 3", """{"max_length":2}""" },
        { "length counts code points", c => c.Length("a", "\U0001F600\U0001F600\U0001F600", max: 2), c => c
            .Length("a", "\U0001F600\U0001F600", max: 2), "string_too_long", "'a' must have at most 2 characters, not 3", """{"max_length":2}""" },
        { "short counts code points", c => c.Length("a", "\U0001F600\U0001F600", min: 3), c => c.Length("a", "\U0001F600\U0001F600x", min: 3),
            "string_too_short", "'a' must have at least 3 characters, not 2", """{"min_length":3}""" },
        { "pattern", c => c.Pattern("a", "Voice", "^[a-z]+$"), c => c.Pattern("a", "voice", "^[a-z]+$"), "string_pattern_mismatch",
            "'a' must match the pattern ^[a-z]+$, not 'Voice'", null },
        { "pattern anywhere", c => c.Pattern("a", "abc", "[0-9]"), c => c.Pattern("a", "ab3c", "[0-9]"), "string_pattern_mismatch",
            "'a' must match the pattern [0-9], not 'abc'", null },
        { "integer below", c => c.Integer("a", 0, 1, 10), c => c.Integer("a", 1, 1, 10), "greater_than_equal", "'a' must be between 1 and 10, not 0",
            """{"ge":1}""" },
        { "integer above", c => c.Integer("a", 11, 1, 10), c => c.Integer("a", 10, 1, 10), "less_than_equal", "'a' must be between 1 and 10, not 11",
            """{"le":10}""" },
        { "integer at least", c => c.Integer("a", -1, min: 0), c => c.Integer("a", 0, min: 0), "greater_than_equal", "'a' must be at least 0, not -1",
            """{"ge":0}""" },
        { "integer at most", c => c.Integer("a", (Int128)ulong.MaxValue + 1, max: ulong.MaxValue),
            c => c.Integer("a", ulong.MaxValue, max: ulong.MaxValue), "less_than_equal",
            "'a' must be at most 18446744073709551615, not 18446744073709551616", """{"le":18446744073709551615}""" },
        { "integer one value", c => c.Integer("a", 2, 1, 1), c => c.Integer("a", 1, 1, 1), "less_than_equal", "'a' must be 1, not 2",
            """{"le":1}""" },
        { "integer steps", c => c.Integer("a", 12, multipleOf: 8), c => c.Integer("a", 16, multipleOf: 8), "multiple_of",
            "'a' must be a multiple of 8, not 12", """{"multiple_of":8}""" },
        { "number above", c => c.Number("guidance", 3, 0, 1), c => c.Number("guidance", 1, 0, 1), "less_than_equal",
            "'guidance' must be between 0 and 1, not 3", """{"le":1}""" },
        { "number below", c => c.Number("a", -0.01, 0, 1), c => c.Number("a", 0, 0, 1), "greater_than_equal",
            "'a' must be between 0 and 1, not -0.01", """{"ge":0}""" },
        { "number one value", c => c.Number("a", 2, 1, 1), c => c.Number("a", 1, 1, 1), "less_than_equal", "'a' must be 1, not 2", """{"le":1}""" },
        { "number exclusive below", c => c.Number("a", 0, above: 0, max: 1), c => c.Number("a", 0.001, above: 0, max: 1), "greater_than",
            "'a' must be greater than 0 and at most 1, not 0", """{"gt":0}""" },
        { "number exclusive above", c => c.Number("a", 1, min: 0, below: 1), c => c.Number("a", 0.999, min: 0, below: 1), "less_than",
            "'a' must be at least 0 and less than 1, not 1", """{"lt":1}""" },
        { "number open above", c => c.Number("a", 0, above: 0), c => c.Number("a", 1e300, above: 0), "greater_than",
            "'a' must be greater than 0, not 0", """{"gt":0}""" },
        { "number open below", c => c.Number("a", 1, below: 1), c => c.Number("a", -1e300, below: 1), "less_than", "'a' must be less than 1, not 1",
            """{"lt":1}""" },
        { "number at least", c => c.Number("a", 0.4, min: 0.5), c => c.Number("a", 0.5, min: 0.5), "greater_than_equal",
            "'a' must be at least 0.5, not 0.4", """{"ge":0.5}""" },
        { "number at most", c => c.Number("a", 0.6, max: 0.5), c => c.Number("a", 0.5, max: 0.5), "less_than_equal",
            "'a' must be at most 0.5, not 0.6", """{"le":0.5}""" },
        { "number steps", c => c.Number("a", 0.35, multipleOf: 0.1), c => c.Number("a", 0.3, multipleOf: 0.1), "multiple_of",
            "'a' must be a multiple of 0.1, not 0.35", """{"multiple_of":0.1}""" },
        { "not a number", c => c.Number("a", double.NaN), c => c.Number("a", double.MaxValue), "finite_number",
            "'a' must be a finite number, not NaN", null },
        { "infinite", c => c.Number("a", double.NegativeInfinity, max: 1), c => c.Number("a", double.MinValue, max: 1), "finite_number",
            "'a' must be a finite number, not -Infinity", null },
        { "too few", c => c.Count("a", Array.Empty<int>(), 1, 4), c => c.Count("a", new int[1], 1, 4), "too_short",
            "'a' must have 1 to 4 elements, not 0", """{"min_length":1}""" },
        { "too many", c => c.Count("a", new int[5], 1, 4), c => c.Count("a", new int[4], 1, 4), "too_long", "'a' must have 1 to 4 elements, not 5",
            """{"max_length":4}""" },
        { "tuple", c => c.Count("a", new int[3], 2, 2), c => c.Count("a", new int[2], 2, 2), "too_long", "'a' must have exactly 2 elements, not 3",
            """{"max_length":2}""" },
        { "twice", c => c.Unique("a", new[] { "x", "y", "x" }), c => c.Unique("a", new[] { "x", "y", "X" }), "value_error",
            "'a' must not contain duplicate elements; element 2 equals an earlier one", null },
        { "twice by value", c => c.Unique("a", new[] { Shot(1), Shot(1) }), c => c.Unique("a", new[] { Shot(1), Shot(2) }), "value_error",
            "'a' must not contain duplicate elements; element 1 equals an earlier one", null },
        {
            "enum", c => c.Defined("a", (TextToClipDuration)99, Durations),
            c => c.Defined("a", TextToClipDuration.Duration5, Durations),
            "enum", "'a' must be one of '5' or '10', not (TextToClipDuration)99; the nearest is '10'", null
        },
        {
            "number of another value", c => c.Defined("a", (TextToClipDuration)10, Durations),
            c => c.Defined("a", TextToClipDuration.Duration10, Durations),
            "enum", "'a' must be one of '5' or '10', not (TextToClipDuration)10; the value '10' has another number", null
        },
        {
            "word", c => c.Defined("a", new Word("plian"), Words("plain", "rich")), c => c.Defined("a", new Word("plain"), Words("plain", "rich")),
            "enum", "'a' must be one of 'plain' or 'rich', not 'plian'; the nearest is 'plain'", null
        },
        {
            "word that is near none", c => c.Defined("a", new Word("gaudy"), Words("plain")), c => c.Defined("a", new Word("plain"), Words("plain")),
            "enum", "'a' must be 'plain', not 'gaudy'", null
        },
        {
            "word of many", c => c.Defined("a", new Word("14"), Words(Many)), c => c.Defined("a", new Word("1"), Words(Many)), "enum",
            "'a' must be one of '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', … (13 values), not '14'; the nearest is '13'", null
        },
        { "url", c
            => c.Url("a", "car.jpg"), c
                => c.Url("a", "https://x.y/car.jpg"), "url_parsing", "'a' must be an http or https URL or a data URI, not 'car.jpg'", null },
        { "media", c => c.Media("a", "car.jpg"), c => c.Media("a", FalMedia.FromFile("car.jpg")), "url_parsing",
            "'a' must be an http or https URL or a data URI, not 'car.jpg'; for a local file use FalMedia.FromFile", null },
        { "one media of many", c => c.EachMedia("a", ["https://x.y/z", null!]), c => c.EachMedia("a", ["https://x.y/z", "data:,x"]), "missing",
            "'a.1' is required", null },
        { "object", c => c.Object("a", Shot(16)), c => c.Object("a", Shot(15)), "less_than_equal", "'a.seconds' must be between 1 and 15, not 16",
            """{"le":15}""" },
        { "objects", c => c.Objects("a", [Shot(1), Shot(0)]), c => c.Objects("a", [Shot(1)]), "greater_than_equal",
            "'a.1.seconds' must be between 1 and 15, not 0", """{"ge":1}""" },
        { "null object", c => c.Objects("a", [Shot(1), null!]), c => c.Objects("a", [Shot(1), Shot(2)]), "missing", "'a.1' is required", null },
        { "each", c => c.Each("a", [1, 9], (d, i, v) => d.Integer(i, v, max: 5)), c => c.Each("a", [1, 5], (d, i, v) => d.Integer(i, v, max: 5)),
            "less_than_equal", "'a.1' must be at most 5, not 9", """{"le":5}""" },
        { "each of", c => c.EachOf("a", new Dictionary<string, int> { ["k"] = 9 }, (d, i, v) => d.Integer(i, v, max: 5)),
            c => c.EachOf("a", new Dictionary<string, int> { ["k"] = 5 }, (d, i, v) => d.Integer(i, v, max: 5)), "less_than_equal",
            "'a.k' must be at most 5, not 9", """{"le":5}""" },
        { "none of several", c => c.AtLeastOne(("a", false), ("b", false), ("c", false)), c => c.AtLeastOne(("a", true), ("b", true), ("c", false)),
            "missing", "one of 'a', 'b' or 'c' is required", null },
        { "the only one", c => c.AtLeastOne(("a", false)), c => c.AtLeastOne(("a", true)), "missing", "one of 'a' is required", null },
        {
            "two of several", c => c.ExactlyOne(("a", true), ("b", false), ("c", true)),
            c => c.ExactlyOne(("a", false), ("b", false), ("c", true)), "value_error", "'a' and 'c' are mutually exclusive; set one of them", null
        },
        { "exactly one, none", c => c.ExactlyOne(("a", false), ("b", false)), c => c.ExactlyOne(("a", true), ("b", false)), "missing",
            "one of 'a' or 'b' is required", null },
        { "exactly one, both", c => c.ExactlyOne(("a", true), ("b", true)), c => c.ExactlyOne(("a", false), ("b", true)), "value_error",
            "'a' and 'b' are mutually exclusive; set one of them", null },
        { "needs", c => c.Needs("a", true, "b", false), c => c.Needs("a", false, "b", false), "value_error", "'a' needs 'b' as well", null },
        { "needs, both", c => c.Needs("a", true, "b", false), c => c.Needs("a", true, "b", true), "value_error", "'a' needs 'b' as well", null },
        {
            "mutually exclusive", c => c.MutuallyExclusive("a", true, "b", true), c => c.MutuallyExclusive("a", true, "b", false), "value_error",
            "'a' cannot be set together with 'b'", null
        },
        { "at most", c
            => c.MaxContains("a", 2, 1, "video_url"), c
                => c.MaxContains("a", 1, 1, "video_url"), "too_long", "'a' must have at most 1 element with 'video_url', not 2",
                    """{"max_length":1}""" },
        {
            "sum", c => c.MaxSum("a", 15.5, 15), c => c.MaxSum("a", 15, 15), "less_than_equal", "'a' must add up to at most 15, not 15.5",
            """{"le":15}"""
        },
        {
            "minimum difference", c => c.MinDifference("from", 5, "to", 6.5, 2), c => c.MinDifference("from", 5, "to", 7, 2), "greater_than_equal",
            "'to' must be at least 2 greater than 'from' (5), not 6.5", """{"ge":7}"""
        },
        {
            "not before", c => c.MinDifference("from", 5, "to", 4), c => c.MinDifference("from", 5, "to", 5), "greater_than_equal",
            "'to' must be at least 'from' (5), not 4", """{"ge":5}"""
        },
        { "required when", c => c.RequiredWhen("a", false, "b", "pro"), c => c.RequiredWhen("a", true, "b", "pro"), "missing",
            "'a' is required when 'b' is 'pro'", null },
        { "not when", c => c.NotWhen("a", true, "b", "pro"), c => c.NotWhen("a", false, "b", "pro"), "value_error",
            "'a' must not be set when 'b' is 'pro'", null },
        { "anything else", c => c.Add("a", "custom", "a is odd"), c => { }, "custom", "a is odd", null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_check_fires_on_a_wrong_value_and_stays_quiet_on_the_near_miss(
        string what, Action<FalChecks> fires, Action<FalChecks> nearMiss, string type, string message, string? context)
    {
        var wrong = new FalChecks();
        fires(wrong);
        var problem = Assert.Single(wrong.Problems);
        Assert.Equal((type, message, context), (problem.Type, problem.Message, problem.Context?.GetRawText()));
        Assert.Equal(message, problem.ToString());

        var right = new FalChecks();
        nearMiss(right);
        Assert.True(right.Problems.Count == 0, what);
    }

    [Fact]
    public void A_value_that_is_null_concerns_only_required()
    {
        var checks = new FalChecks();
        checks.Length("a", null, min: 1);
        checks.Pattern("a", null, "x");
        checks.Integer("a", null, min: 1);
        checks.Number("a", null, min: 1);
        checks.Count<int>("a", null, min: 1);
        checks.Unique<int>("a", null);
        checks.Url("a", null);
        checks.Media("a", null);
        checks.EachMedia("a", null);
        checks.Object<ClipShot>("a", null);
        checks.Objects<ClipShot>("a", null);
        checks.Each<int>("a", null, (c, index, value) => c.Add(index, "x", "x"));
        checks.EachOf<int>("a", null, (c, index, value) => c.Add(index, "x", "x"));
        checks.MinDifference("a", null, "b", 1);
        checks.MinDifference("a", 1, "b", null);

        Assert.Empty(checks.Problems);
    }

    [Fact]
    public void All_problems_of_a_request_are_found_at_once_each_with_its_path()
    {
        var request = new TextToClipRequest
        {
            Prompt = "",
            Duration = (TextToClipDuration)99,
            Guidance = 3,
            Seed = -1,
            ImageUrl = "car.jpg",
            MaskUrls = ["https://x.y/z", "b.png"],
            FrameSize = new Rectangle { Width = 63, Height = 100 },
            Shots = [new() { Text = "t", Seconds = 3 }, new() { Text = null!, Seconds = 20 }],
            Weights = new Dictionary<string, double> { ["lora"] = 2.5 },
        };
        var checks = new FalChecks();
        checks.Object("", new TextToClipRequest { Prompt = "fine" });
        Assert.Empty(checks.Problems);

        ((IFalObject<TextToClipRequest>)request).Check(checks);

        Assert.Equal(
            ["prompt", "duration", "guidance", "seed", "image_url", "mask_urls.1", "frame_size.width", "frame_size.height",
                "shots.1.text", "shots.1.seconds", "weights.lora"],
            checks.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void A_rule_inside_an_object_names_the_object_and_its_members()
    {
        var checks = new FalChecks();
        checks.Each("shots", [0, 1], (c, index, value) => c.Each(index, [value], (d, inner, number)
            => d.AtLeastOne(("a", number == 0), ("b", false))));
        checks.Each("shots", [0], (c, index, value) => c.Object(index, new Chooser()));

        Assert.Equal(["shots.1", "shots.0"], checks.Problems.Select(problem => problem.Path[..7]));
        Assert.Equal("shots.0", checks.Problems[1].Path);
        Assert.Equal("one of 'shots.0.a' or 'shots.0.b' is required", checks.Problems[1].Message);
    }

    [Fact]
    public void A_problem_of_the_whole_request_has_an_empty_path()
    {
        var checks = new FalChecks();
        checks.AtLeastOne(("a", false), ("b", false));

        Assert.Equal("", Assert.Single(checks.Problems).Path);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.05)]
    [InlineData(0.01)]
    [InlineData(0.001)]
    [InlineData(0.25)]
    [InlineData(3)]
    public void Every_multiple_of_a_step_is_one_whatever_its_binary_form(double step)
    {
        var checks = new FalChecks();
        var sum = 0.0;
        for (var i = -2000; i <= 2000; i++)
            checks.Number("a", i * step, multipleOf: step);
        for (var i = 0; i < 1000; i++, sum += step)
            checks.Number("a", sum, multipleOf: step);
        Assert.Empty(checks.Problems);

        for (var i = 0; i < 100; i++)
            checks.Number("a", (i * step) + (step / 3), multipleOf: step);
        Assert.Equal(100, checks.Problems.Count);
    }

    [Fact]
    public void Pattern_that_needs_backtracking_runs_with_a_match_timeout()
    {
        var checks = new FalChecks();
        checks.Pattern("a", "x", "(?=y)y");
        checks.Pattern("b", "xx", @"(y)\1");
        Assert.Equal(["a", "b"], checks.Problems.Select(problem => problem.Path));

        // A match that times out is left to the server, and so is a pattern that .NET does not understand.
        Patience.Holds(() => checks.Pattern("c", new string('a', 10_000) + "!", "^(?=(a+)+$)"));
        checks.Pattern("d", "x", "(((");
        Assert.Equal(2, checks.Problems.Count);
    }

    [Fact]
    public void A_pattern_cannot_be_made_slow_by_the_text()
    {
        var checks = new FalChecks();
        Patience.Holds(() => checks.Pattern("a", new string('a', 200_000) + "!", "^(a+)+$"));

        Assert.Single(checks.Problems);
    }

    [Theory]
    [InlineData("http://x.y", true)]
    [InlineData("https://x.y/z?a=b#c", true)]
    [InlineData("HTTPS://X.Y/", true)]
    [InlineData("data:image/png;base64,AAAA", true)]
    [InlineData("DATA:,x", true)]
    [InlineData("data:image/png;base64", false)]
    [InlineData("ftp://x.y/z", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("//x.y/z", false)]
    [InlineData("/z.png", false)]
    [InlineData("C:\\z.png", false)]
    [InlineData("x.y/z.png", false)]
    [InlineData("https://", false)]
    [InlineData("https:///z.png", false)]
    [InlineData("https:z.png", false)]
    [InlineData("https://:80/z.png", false)]
    [InlineData("https://a@/z.png", false)]
    [InlineData("https://?a=b", false)]
    public void Only_web_addresses_and_data_uris_can_be_fetched(string url, bool usable)
    {
        var checks = new FalChecks();
        checks.Url("a", url);
        checks.Media("a", url);

        Assert.Equal(usable ? 0 : 2, checks.Problems.Count);
    }

    [Fact]
    public void Media_accepts_an_empty_string_as_not_used()
    {
        var checks = new FalChecks();
        checks.Media("a", "");
        Assert.Empty(checks.Problems);

        checks.Url("a", "");
        Assert.Single(checks.Problems);
    }

    [Fact]
    public void UrlLength_and_UrlPattern_check_the_URL_of_a_medium_that_is_used()
    {
        var checks = new FalChecks();
        foreach (var passing in (FalMedia?[])[null, "", FalMedia.FromFile("car.jpg"), "https://x.y/z"])
        {
            checks.UrlLength("a", passing, min: 5, max: 13);
            checks.UrlPattern("a", passing, "^https:");
        }

        Assert.Empty(checks.Problems);

        checks.UrlLength("a", "https://x.y/zz", max: 13);
        checks.UrlPattern("a", "http://x.y/z", "^https:");
        Assert.Equal(["string_too_long", "string_pattern_mismatch"], checks.Problems.Select(problem => problem.Type));
    }

    [Fact]
    public void Media_is_remembered_with_its_path_and_limits_to_be_looked_into_later()
    {
        var constraints = new FalMediaConstraints { Kind = FalMediaKind.Image, MaxBytes = 10 };
        var local = FalMedia.FromFile("car.jpg");
        var checks = new FalChecks();
        checks.Media("a", local, constraints);
        checks.Media("b", "relative.png", constraints);
        checks.EachMedia("c", ["data:image/png;base64,AAAA", local, "https://x.y/z"]);

        Assert.Equal(
            [new("a", local, constraints), new("c.0", "data:image/png;base64,AAAA", null), new FalMediaCheck("c.1", local, null)],
            checks.MediaToCheck);
    }

    [Fact]
    public void A_message_never_repeats_a_long_value()
    {
        var checks = new FalChecks();
        var secret = new string('x', 39) + "\U0001F600" + new string('y', 5000);
        checks.Pattern("prompt", secret, "^z");
        checks.Url("prompt", secret);
        checks.Media("prompt", secret);
        checks.Length("prompt", secret, max: 10);
        checks.Pattern("prompt", "two\r\nlines", "^z");

        Assert.All(checks.Problems, problem => Assert.True(problem.Message.Length < 200));
        Assert.Contains($"not '{new string('x', 39)}…'", checks.Problems[0].Message, StringComparison.Ordinal);
        Assert.EndsWith("not 'two lines'", checks.Problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_an_enum_can_be_counted()
    {
        Assert.Equal(10, FalChecks.NumberOf("10"));
        Assert.Null(FalChecks.NumberOf("10s"));
        Assert.Null(FalChecks.NumberOf(""));
        Assert.Equal(2.5, FalChecks.NumberOf("2.5"));
        Assert.Null(FalChecks.NumberOf("auto"));
        Assert.Null(FalChecks.NumberOf(null));
    }

    [Fact]
    public void Problems_are_equal_if_they_say_the_same()
    {
        var problem = new FalProblem { Path = "a", Type = "missing", Message = "'a' is required", Property = "A" };

        Assert.Equal(problem, problem with { Context = WriterTests.Element("{}") });
        Assert.Equal(problem.GetHashCode(), (problem with { }).GetHashCode());
        Assert.NotEqual(problem, problem with { Path = "b" });
        Assert.NotEqual(problem, problem with { Property = null });
        Assert.False(problem.Equals(null));
    }

    private static ClipShot Shot(int seconds) => new() { Text = "t", Seconds = seconds };

    private sealed class Chooser : IFalObject<Chooser>
    {
        static Chooser IFalObject<Chooser>.Read(ref FalJsonReader json) => new();

        void IFalObject<Chooser>.Write(FalJsonWriter json) => json.NullValue();

        void IFalObject<Chooser>.Check(FalChecks checks) => checks.ExactlyOne(("a", false), ("b", false));
    }

    private static FalEnumTable<Word> Words(params string[] words) => new(static word => new Word(word), words);

    private readonly record struct Word(string Value)
    {
        public override string ToString() => Value;
    }
}
