using System.Text;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class ErrorBodyTests : CanaryTest
{
    private static readonly KeyRedactor Redactor = new(CanaryGuard.Key);

    [Fact]
    public void The_gateways_shape_is_read()
    {
        var body = Read("""{"detail":"Runner disconnected","error_type":"runner_disconnected"}""", "from_header");
        Assert.Equal(("Runner disconnected", "runner_disconnected"), (body.Detail, body.ErrorType));
        Assert.Empty(body.Problems);
    }

    [Theory]
    [InlineData("""{"detail":"x"}""")]
    [InlineData("<html>nope</html>")]
    [InlineData("""{"detail":"trunc""")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("""{"error_type":5}""")]
    public void The_header_names_the_type_where_the_body_does_not(string json) => Assert.Equal("from_header", Read(json, "from_header").ErrorType);

    [Fact]
    public void A_models_list_is_read_with_place_type_reason_and_limits()
    {
        var body = Read("""
            {"detail":[
              {"loc":["body","elements",0,"video_url"],"msg":"File too large","type":"file_too_large","url":"https://docs","ctx":{"max_size":10},"input":"secret prompt"},
              {"loc":["body"],"msg":"whole","type":"value_error"},
              {"loc":["query","x",1.5,true],"msg":"odd","type":"t"},
              {"loc":"prompt","msg":"text loc","type":"t"},
              {"msg":5,"type":null},
              "a bare text",
              7
            ]}
            """);
        Assert.Equal(
            ["elements.0.video_url|file_too_large|File too large", "|value_error|whole", "query.x.1.5.?|t|odd", "prompt|t|text loc",
                "||refused without a reason", "||a bare text"],
            body.Problems.Select(problem => $"{problem.Path}|{problem.Type}|{problem.Message}"));
        Assert.Equal(10, body.Problems[0].Context!.Value.GetProperty("max_size").GetInt32());
        Assert.Equal("file_too_large", body.ErrorType);
        Assert.Null(body.Detail);
    }

    [Theory]
    [InlineData("""{"detail":{"loc":["body","a"],"msg":"one","type":"t"}}""", "a")]
    [InlineData("""{"detail":[{"loc":["a","body"],"msg":"m","type":"t"}]}""", "a.body")]
    public void Odd_places_are_read_too(string json, string path) => Assert.Equal(path, Assert.Single(Read(json).Problems).Path);

    [Theory]
    [InlineData("""{"detail":"Path /x not found"}""", "Path /x not found")]
    [InlineData("""{"message":"m"}""", "m")]
    [InlineData("""{"error":"e"}""", "e")]
    [InlineData("\"just text\"", "just text")]
    [InlineData("""{"detail":""}""", null)]
    [InlineData("""{"detail":null}""", null)]
    [InlineData("{}", null)]
    [InlineData("[1]", null)]
    [InlineData("null", null)]
    [InlineData("not json", null)]
    [InlineData("""{"detail":"cut""", null)]
    public void A_sentence_is_found_in_any_shape(string json, string? sentence) => Assert.Equal(sentence, Read(json).Detail);

    [Fact]
    public void A_text_that_is_no_text_is_read_all_the_same()
        => Assert.StartsWith("half \uFFFD", Read("""{"detail":"half \ud800 pair"}""").Detail, StringComparison.Ordinal);

    [Fact]
    public void Very_long_bodies_are_cut_and_take_no_time()
    {
        Patience.Holds(() =>
        {
            var detail = Read($$"""{"detail":"{{new string('1', 100_000)}}"}""");
            Assert.Equal(1001, detail.Detail!.Length);
            Assert.Equal(256 * 1024, Read(new string('1', 1024 * 1024)).Text!.Length);
            Assert.Equal(200, Read("{\"detail\":[" + string.Join(',', Enumerable.Repeat("""{"msg":"m"}""", 5000)) + "]}").Problems.Count);
            Assert.True(Read($$"""{"detail":[{"loc":[{{string.Join(',', Enumerable.Repeat("\"step\"", 10_000))}}],"msg":"m"}]}""").Problems[0].Path
                .Length < 1100);
            Assert.Null(Read(new string('[', 100_000)).Detail);
        });
    }

    [Fact]
    public void An_echoed_key_is_taken_out_of_everything()
    {
        var hex = Convert.ToHexString(Encoding.UTF8.GetBytes(CanaryGuard.Key));
        var json = """{"detail":[{"loc":["body","KEY"],"msg":"got Key KEY","type":"HEX","ctx":{"k":"KEY"}}],"error_type":"KEY"}""";
        var body = Read(
            json.Replace("KEY", CanaryGuard.Key, StringComparison.Ordinal).Replace("HEX", hex, StringComparison.Ordinal),
            CanaryGuard.Key);
        Canary.Watch("text", body.Text);
        Canary.Watch("type", body.ErrorType);
        foreach (var problem in body.Problems) Canary.Watch("problem", problem.Path + problem.Type + problem.Message + problem.Context);
        var escaped = Read("""{"detail":"c\u0061nary-id:c\u0061nary-secret"}""");
        Canary.Watch("unescaped", escaped.Detail);
    }

    private static FalErrorBody Read(string json, string? header = null) => FalErrorBody.Read(Encoding.UTF8.GetBytes(json), header, Redactor.Clean);
}
