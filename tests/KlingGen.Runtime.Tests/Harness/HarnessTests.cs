using System.Text;

namespace Fal.Tests.Harness;

public sealed class HarnessTests
{
    private const string OtherKey = "some-id:another-secret";

    public static TheoryData<string> Forms() =>
    [
        "another-secret", "ANOTHER-SECRET", "xx" + OtherKey + "yy", Uri.EscapeDataString(OtherKey),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(OtherKey)), Convert.ToBase64String(Encoding.UTF8.GetBytes("Key " + OtherKey)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + OtherKey + "tail")), Convert.ToHexString(Encoding.UTF8.GetBytes(OtherKey)),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(OtherKey)), string.Concat(Encoding.UTF8.GetBytes(OtherKey).Select(b => $"%{b:X2}")),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_search_finds_the_key_in_every_form(string text)
        => Assert.NotNull(CanarySearch.Find(Encoding.UTF8.GetBytes("before " + text + " after"), OtherKey));

    [Fact]
    public void The_search_finds_nothing_in_clean_text() => Assert.Null(CanarySearch.Find("some-id and another and secret"u8, OtherKey));

    [Fact]
    public void The_guard_finds_a_key_in_a_request_to_a_foreign_host()
    {
        var request = new RecordedRequest(
            "GET",
            new Uri("https://evil.example/"),
            [KeyValuePair.Create("Authorization", "Key " + CanaryGuard.Key)],
            []);
        using var guard = new CanaryGuard();
        guard.Watch("request", request["authorization"]);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(guard.AssertNeverSeen);
    }

    [Fact]
    public async Task Delays_are_skipped_and_deadlines_are_not()
    {
        var time = new FakeTime { SkipDelays = true };
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1), time);
        await Task.Delay(TimeSpan.FromSeconds(40), time);
        Assert.False(deadline.IsCancellationRequested);
        await Task.Delay(TimeSpan.FromSeconds(40), time);
        Assert.True(deadline.IsCancellationRequested);
        Assert.Equal([TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(40)], time.Delays);
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_reaches_it()
    {
        var time = new FakeTime();
        var delay = Task.Delay(TimeSpan.FromSeconds(3), time);
        await time.DelaysPendingAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(delay.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await delay;
        Assert.Equal(0, time.PendingTimers);
    }

    [Fact]
    public async Task The_server_answers_resets_and_truncates_as_told()
    {
        await using var server = new ScriptedServer(
            ServerSteps.Json("""{"a":1}"""), ServerSteps.ResetAfterReadingAll(), ServerSteps.ResetAfterHalfTheBody(), ServerSteps.Truncated(
                "{"), ServerSteps.ByteByByte("äß"),
            ServerSteps.CloseAfterReadingAll(), ServerSteps.Raw("HTTP/1.1 204 No Content\r\n\r\n"));
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal("""{"a":1}""", await (await http.PostAsync("/x", new StringContent("hello"))).Content.ReadAsStringAsync());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.PostAsync("/x", new StringContent("hello")));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.PostAsync("/x", new StringContent(new string('a', 100_000))));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetStringAsync("/x"));
        Assert.Equal("äß", await http.GetStringAsync("/x"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.PostAsync("/x", new StringContent("hello")));
        Assert.Equal(204, (int)(await http.GetAsync("/x")).StatusCode);
        Assert.Equal(7, server.Requests.Count);
        Assert.Equal("hello", server.Requests[0].Text);
        server.Stop();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync("/x"));
        server.Start();
        Assert.Equal(204, (int)(await http.GetAsync("/x")).StatusCode);
    }

    [Fact]
    public async Task The_handler_counts_what_is_left_open()
    {
        using var handler = new ScriptedHandler().Json("{}").Json("{}");
        using var http = new HttpMessageInvoker(handler, disposeHandler: false);
        var response = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://fal.run/"), default);
        Assert.Equal(1, handler.OpenResponses);
        await response.Content.ReadAsStreamAsync();
        Assert.Equal(1, handler.OpenStreams);
        response.Dispose();
        handler.AssertAllDisposed();
    }
}
