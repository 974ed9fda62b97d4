using System.Text;
using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>A job put down in one process and picked up in another.</summary>
public sealed class JobTokenTests : CanaryTest
{
    [Fact]
    public async Task A_token_carries_a_job_to_another_client()
    {
        string text;
        using (var first = new JobFixture(Canary).OnSubmit())
        {
            var token = (await first.SubmitAsync()).ToToken();
            text = token.ToString();
            Assert.Equal(JobFixture.Id, token.EndpointId);
            Assert.Equal(JobFixture.RequestId, token.RequestId);
            Assert.Equal("https://queue.fal.run/", token.Queue.AbsoluteUri);
            Assert.Equal(first.Time.GetUtcNow(), token.SubmittedAt);
            Assert.Null(token.StatusPath);
        }
        Assert.Matches("^fal1\\.[A-Za-z0-9_-]+\\.[0-9a-f]{16}$", text);
        Canary.Watch("token", text);
        Canary.Watch("token content", Encoding.UTF8.GetString(Content(text)));

        using var second = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult().OnCancel();
        var job = second.Endpoint.Resume(FalJobToken.Parse(text));
        Assert.Equal(JobFixture.RequestId, job.RequestId);
        Assert.NotNull(job.SubmittedAt);
        Assert.Equal(7, (await job.GetResultAsync()).Seed);
        await job.CancelAsync();
        Assert.Equal(text, job.ToToken().ToString());
        Assert.Equal(FalJobToken.Parse(text), job.ToToken());
    }

    [Fact]
    public async Task Paths_that_fal_named_travel_along()
    {
        using var fixture = new JobFixture(Canary).OnSubmit(
            $$"""{"request_id":"{{JobFixture.RequestId}}","status_url":"https://queue.fal.run/other/app/requests/{{JobFixture.RequestId}}/status","response_url":"https://queue.fal.run/other/app/requests/{{JobFixture.RequestId}}","cancel_url":"https://queue.fal.run/other/app/requests/{{JobFixture.RequestId}}/cancel"}""");
        var job = await fixture.SubmitAsync();
        Assert.Equal($"https://queue.fal.run/other/app/requests/{JobFixture.RequestId}/status", job.StatusUrl.AbsoluteUri);
        var again = fixture.Endpoint.Resume(FalJobToken.Parse(job.ToToken().ToString()));
        Assert.Equal((job.StatusUrl, job.ResultUrl, job.CancelUrl), (again.StatusUrl, again.ResultUrl, again.CancelUrl));
    }

    [Fact]
    public void A_token_of_a_request_id_alone_has_no_time()
    {
        using var fixture = new JobFixture(Canary);
        var token = FalJobToken.Parse(fixture.Resume().ToToken().ToString());
        Assert.Null(token.SubmittedAt);
        Assert.Null(fixture.Endpoint.Resume(token).SubmittedAt);
    }

    public static TheoryData<string> Foreign() =>
    [
        "https://evil.example/", "https://evilfal.run/", "https://queue.fal.run.evil.com/", "https://queue.fal.run@evil.com/",
        "https://user:pass@queue.fal.run/",
        "http://queue.fal.run/", "https://queue.fal.run:8443/", "https://queue.fal.run./", "https://fal.run/", "https://queue.fal.run/evil/",
        "https://queue。fal.run.evil/", "file:///etc/passwd",
    ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_token_for_another_queue_is_refused_even_if_its_checksum_fits(string queue)
    {
        using var fixture = new JobFixture(Canary);
        var token = FalJobToken.Parse(new FalJobToken(JobFixture.Id, JobFixture.RequestId, new Uri(queue), null, null, null, null).ToString());
        var error = Assert.Throws<ArgumentException>(() => fixture.Endpoint.Resume(token));
        Assert.Contains("another queue", error.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Handler.Requests);
    }

    [Theory]
    [InlineData("//evil.example/requests/{0}/status")]
    [InlineData("@evil.example/a/b/requests/{0}/status")]
    [InlineData(".evil.example/a/b/requests/{0}/status")]
    [InlineData("/a/../b/requests/{0}/status")]
    [InlineData("/a/b/requests/other/status")]
    [InlineData("/a/b/requests/{0}")]
    [InlineData("/a/b?x=/requests/{0}/status")]
    [InlineData("/a/%2e%2e/requests/{0}/status")]
    public void A_token_whose_path_is_not_the_jobs_is_refused(string path)
    {
        using var fixture = new JobFixture(Canary);
        path = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, JobFixture.RequestId);
        var token = FalJobToken.Parse(
            new FalJobToken(JobFixture.Id, JobFixture.RequestId, new Uri("https://queue.fal.run"), null, path, null, null).ToString());
        Assert.Throws<ArgumentException>(() => fixture.Endpoint.Resume(token));
    }

    [Fact]
    public void A_token_for_another_endpoint_or_with_odd_ids_is_refused()
    {
        using var fixture = new JobFixture(Canary);
        var queue = new Uri("https://queue.fal.run");
        Assert.Contains(
            "other/app",
            Assert.Throws<ArgumentException>(() => fixture.Endpoint.Resume(new FalJobToken("other/app", "r", queue, null, null, null, null))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => fixture.Endpoint.Resume(new FalJobToken(JobFixture.Id, "../x", queue, null, null, null, null)));
        Assert.Throws<ArgumentNullException>(() => fixture.Endpoint.Resume((FalJobToken)null!));
        foreach (var id in new[] { "", "..", "a/b", "a?b", "a b", "a\nb", new string('a', 129), "%2e" })
            Assert.Throws<ArgumentException>(() => fixture.Endpoint.Resume(id));
    }

    [Fact]
    public void Every_change_of_a_single_character_is_found()
    {
        using var fixture = new JobFixture(Canary);
        var text = fixture.Resume().ToToken().ToString();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.False(FalJobToken.TryParse(changed, out _), changed);
        }
        for (var length = 0; length < text.Length; length++) Assert.False(FalJobToken.TryParse(text[..length], out _));
    }

    [Theory]
    [InlineData("", "begins with 'fal1.'")]
    [InlineData("hello", "begins with 'fal1.'")]
    [InlineData("fal2.abc.def", "newer version")]
    [InlineData("fal1.", "damaged")]
    [InlineData("fal1.abc", "damaged")]
    [InlineData("fal1.=.0000000000000000", "damaged")]
    [InlineData("fal1.ü.0000000000000000", "damaged")]
    public void What_is_no_token_is_refused_with_the_reason(string text, string reason)
    {
        Assert.Contains(reason, Assert.Throws<FormatException>(() => FalJobToken.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(FalJobToken.TryParse(text, out var token));
        Assert.Null(token);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"endpoint\":\"a/b\",\"request\":\"r\"}")]
    [InlineData("{\"endpoint\":\"a/b\",\"request\":7,\"queue\":\"https://queue.fal.run\"}")]
    [InlineData("{\"endpoint\":\"a/b\",\"request\":\"r\",\"queue\":\"relative\"}")]
    [InlineData("{\"endpoint\":\"a/b\",\"request\":\"r\",\"queue\":\"https://queue.fal.run\",\"submitted\":\"now\"}")]
    [InlineData("not json")]
    public void A_token_that_lacks_something_is_refused(string content)
    {
        var utf8 = Encoding.UTF8.GetBytes(content);
        var sum = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(utf8).AsSpan(0, 8)).ToLowerInvariant();
        var text = $"fal1.{Convert.ToBase64String(utf8).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.{sum}";
        Assert.Contains("incomplete", Assert.Throws<FormatException>(() => FalJobToken.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_beyond_all_reason_is_left_out()
    {
        var utf8 = "{\"endpoint\":\"a/b\",\"request\":\"r\",\"queue\":\"https://queue.fal.run\",\"submitted\":9223372036854775807}"u8.ToArray();
        var sum = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(utf8).AsSpan(0, 8)).ToLowerInvariant();
        Assert.Null(FalJobToken.Parse($"fal1.{Convert.ToBase64String(utf8).TrimEnd('=')}.{sum}").SubmittedAt);
    }

    [Fact]
    public void A_token_sits_in_json_as_its_text()
    {
        using var fixture = new JobFixture(Canary);
        var token = fixture.Resume().ToToken();
        var json = JsonSerializer.Serialize(new Dictionary<string, FalJobToken?> { ["job"] = token, ["none"] = null });
        Assert.Equal($$"""{"job":"{{token}}","none":null}""", json);
        var back = JsonSerializer.Deserialize<Dictionary<string, FalJobToken?>>(json)!;
        Assert.Equal(token, back["job"]);
        Assert.Null(back["none"]);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FalJobToken>("\"fal1.x.y\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FalJobToken>("7"));
        Assert.Equal(token, Parse<FalJobToken>(token.ToString()));
        Assert.Throws<ArgumentNullException>(() => FalJobToken.Parse(null!));
        Assert.False(FalJobToken.TryParse(null, out _));

        static T Parse<T>(string text)
            where T : IParsable<T> => T.TryParse(text, null, out var parsed)
                ? Assert.IsType<T>(T.Parse(text, null)) is var twin && twin.Equals(parsed) ? parsed : twin
                : throw new FormatException();
    }

    private static byte[] Content(string token)
    {
        var middle = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(middle.PadRight((middle.Length + 3) / 4 * 4, '='));
    }
}
