using System.Collections;
using System.Text.Json;

namespace Fal.Tests.Wire;

public sealed class ExtraTests
{
    [Fact]
    public void Members_that_the_spec_does_not_know_follow_the_known_ones()
    {
        var request = new TextToClipRequest
        {
            Prompt = "p",
            Extra = new()
            {
                { "new_flag", true },
                { "level", 3 },
                { "ratio", 0.5 },
                { "say \"hi\"", "a\nb" },
                { "nothing", (string?)null },
                { "object", WriterTests.Element("""{ "a": [1, 2] }""") },
            },
        };

        Assert.Equal(
            """{"prompt":"p","new_flag":true,"level":3,"ratio":0.5,"say \"hi\"":"a\nb","nothing":null,"object":{"a":[1,2]}}""",
            FalJson.Write(request));
    }

    [Fact]
    public void They_can_be_listed()
    {
        FalExtra extra = new() { { "a", 1 }, { "b", "x" } };

        Assert.Equal(2, extra.Count);
        Assert.Equal(["a:1", "b:\"x\""], extra.Select(member => $"{member.Key}:{member.Value.GetRawText()}"));
        Assert.Equal(2, ((IEnumerable)extra).Cast<object>().Count());
        Assert.Equal("""{"a":1,"b":"x"}""", extra.ToString());
    }

    [Fact]
    public void What_json_cannot_say_is_refused_when_it_is_added()
    {
        FalExtra extra = new() { { "a", 1 } };

        Assert.Throws<ArgumentException>(() => extra.Add("a", 2));
        Assert.Throws<ArgumentException>(() => extra.Add("b", double.NaN));
        Assert.Throws<ArgumentException>(() => extra.Add("b", default(JsonElement)));
        Assert.Throws<ArgumentNullException>(() => extra.Add(null!, 1));
        Assert.Equal(1, extra.Count);
    }
}
