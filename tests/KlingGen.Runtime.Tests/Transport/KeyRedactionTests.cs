using System.Text;
using Fal.Tests.Harness;
using Fal.Tests.Jobs;

namespace Fal.Tests.Transport;

/// <summary>A server may echo the key in any form; no part of an exception or a log line shows it.</summary>
public sealed class KeyRedactionTests : CanaryTest
{
    private static readonly Dictionary<string, Func<char, string>> Escapes = new()
    {
        ["plain"] = c => c.ToString(),
        ["JSON \\u escapes"] = c => $"\\u{(int)c:x4}",
        ["JSON \\u escapes, every second character"] = c => c % 2 == 0 ? c.ToString() : $"\\u{(int)c:X4}",
        ["JSON in JSON"] = c => $"\\\\u{(int)c:x4}",
        ["percent-encoded"] = c => $"%{(int)c:X2}",
        ["percent-encoded in lower case"] = c => $"%{(int)c:x2}",
        ["percent-encoded where needed"] = c => Uri.EscapeDataString(c.ToString()),
        ["percent-encoded twice"] = c => $"%25{(int)c:X2}",
    };

    public static TheoryData<string> Forms => [.. Escapes.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Redactor_finds_the_key(string form)
    {
        var redactor = new KeyRedactor(CanaryGuard.Key);
        var echo = $"before {Echo(form)} after";

        Assert.True(redactor.Finds(echo));
        Assert.Equal("before *** after", redactor.Clean(echo));
        Assert.Equal("before *** after", redactor.Clean($"before {Escape(form, CanaryGuard.Key.Split(':')[1])} after"));
    }

    [Fact]
    public void Redactor_finds_a_key_with_characters_that_JSON_escapes()
        => Assert.Equal("""{"a":"***"}""", new KeyRedactor("id:ab\"cd\\ef/").Clean("""{"a":"id:ab\"cd\\ef\/"}"""));

    [Theory]
    [InlineData("id:a%41b", "x id:a%2541b y", "x *** y")]
    [InlineData("id:a\\nbcd", """x id:a\\nbcd y""", "x *** y")]
    [InlineData("id:ubcdef", """x \u0069d\u003a\u0075bcdef y""", "x *** y")]
    [InlineData("id:secret", "iid:secretid:SECRETsecret%2", "i*********%2")]
    [InlineData("id:secret", "id:secre\\u007", "id:secre\\u007")]
    [InlineData("id:secret", "id:secre%25", "id:secre%25")]
    public void Redactor_finds_adjacent_and_ambiguous_forms(string key, string text, string clean)
        => Assert.Equal(clean, new KeyRedactor(key).Clean(text));

    [Fact]
    public void Redactor_returns_the_same_text_where_nothing_is_found()
    {
        const string text = "nothing here \\u0041 %41";

        Assert.Same(text, new KeyRedactor(CanaryGuard.Key).Clean(text));
    }

    [Fact]
    public void Redactor_is_fast_for_text_of_escapes()
    {
        var redactor = new KeyRedactor(CanaryGuard.Key);
        var texts = new[] { new string('\\', 300_000), string.Concat(Enumerable.Repeat("%25", 100_000)) };

        Patience.Holds(() => Assert.All(texts, text => Assert.False(redactor.Finds(text))));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Error_body_shows_no_key_in_any_part(string form)
    {
        var redactor = new KeyRedactor(CanaryGuard.Key);
        var echo = Echo(form);
        var json = $$"""
            {"error_type":"{{echo}}","detail":[{"loc":["body","{{echo}}"],"msg":"m {{echo}}","type":"{{echo}}","ctx":{"{{echo}}":"{{echo}}"} }]}
            """;

        var body = FalErrorBody.Read(Encoding.UTF8.GetBytes(json), echo, redactor.Clean);

        var problem = Assert.Single(body.Problems);
        Assert.Equal(("***", "m ***", "***"), (problem.Path, problem.Message, problem.Type));
        Assert.Equal("""{"***":"***"}""", problem.Context!.Value.GetRawText());
        Assert.Equal("***", body.ErrorType);
        Assert.False(redactor.Finds(body.Text!));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Protocol_exception_shows_no_key_in_any_part(string form)
    {
        using var fixture = new JobFixture(Canary);
        var echo = Echo(form);
        fixture.OnSubmit().OnStatus(JobFixture.Done()).OnResult(Replies.Json($$"""{"new":"{{echo}}","clip":{"{{echo}}":1,"url":["{{echo}}"]} }"""));

        var error = await Assert.ThrowsAsync<FalProtocolException>(() => fixture.Endpoint.RunAsync(JobFixture.Request));

        Assert.Equal("$.clip.url", error.JsonPath);
        Assert.Equal("""{"new":"***","clip":{"***":1,"url":["***"]} }""", error.RawJson.ToString());
        Assert.False(new KeyRedactor(CanaryGuard.Key).Finds(error.ToString()));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Log_lines_and_errors_of_a_job_show_no_key(string form)
    {
        using var fixture = new JobFixture(Canary);
        var echo = Echo(form);
        fixture.OnSubmit().OnStatus(Replies.Json(
            $$"""
            {"status":"COMPLETED","error":"e {{echo}}","error_type":"{{echo}}",
            "logs":[{"message":"m {{echo}}","timestamp":"{{echo}}","level":"{{echo}}","source":"{{echo}}"}]}
            """));
        var job = await fixture.SubmitAsync();

        var status = await job.GetStatusAsync(logs: true);

        var line = Assert.Single(status.Logs);
        Assert.Equal(("m ***", "***", "***", "***"), (line.Message, line.TimestampText, line.Level, line.Source));
        Assert.Equal(("e ***", "***"), (status.Error, status.ErrorType));
    }

    [Fact]
    public async Task Model_stream_that_is_not_JSON_shows_no_key_in_the_cause()
    {
        using var fixture = new JobFixture(Canary);
        // The parser's message quotes a literal that it does not know.
        fixture.Handler.Then(Replies.Events(Replies.Send($"data: t{CanaryGuard.Key}\n\n")));

        var error = await Assert.ThrowsAsync<FalProtocolException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());

        Assert.Equal("t***", error.RawJson.ToString());
        Assert.Contains("***", error.InnerException!.Message, StringComparison.Ordinal);
        Assert.False(new KeyRedactor(CanaryGuard.Key).Finds(error.ToString()));
    }

    [Fact]
    public async Task Platform_answer_that_is_not_JSON_shows_no_key()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Json($"t{CanaryGuard.Key}"));

        var error = await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Platform.GetPriceAsync("acme/lumen"));

        Assert.Contains("***", error.Message, StringComparison.Ordinal);
        Assert.False(new KeyRedactor(CanaryGuard.Key).Finds(error.ToString()));
    }

    private static string Echo(string form) => Escape(form, CanaryGuard.Key);

    private static string Escape(string form, string text) => string.Concat(text.Select(Escapes[form]));
}
