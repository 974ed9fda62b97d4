using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

/// <summary>The same promises over real connections.</summary>
public sealed class ServerSubmitTests : CanaryTest
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task Refused_connection_is_retried_until_the_server_listens()
    {
        await using var server = new ScriptedServer(ServerSteps.Json("""{"request_id":"r"}"""));
        server.Stop();
        using var fal = On(server);
        var submit = SubmitAsync(fal);
        await _time.DelaysPendingAsync();
        server.Start();
        _time.Advance(TimeSpan.FromSeconds(1));
        using var response = await submit;
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Single(server.Requests);
    }

    public static TheoryData<string, ServerStep> Breaks() => new()
    {
        { "reset after reading all", ServerSteps.ResetAfterReadingAll() },
        { "reset after half the body", ServerSteps.ResetAfterHalfTheBody() },
        { "closed without an answer", ServerSteps.CloseAfterReadingAll() },
        { "answer cut short", ServerSteps.Truncated("""{"request_id":""") },
        { "not HTTP at all", ServerSteps.Raw("hello\r\n\r\n") },
        { "half a status line", ServerSteps.Raw("HTTP/1.1 20") },
        { "502 signed by fal", ServerSteps.Reply(502, "text/html", "<center>nginx</center>", "x-fal-request-id: r") },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task What_broke_after_bytes_left_reached_the_server_once(string what, ServerStep step)
    {
        Assert.NotEmpty(what);
        await using var server = new ScriptedServer(step, ServerSteps.Json("{}"));
        using var fal = On(server);
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => SubmitAsync(fal, new string('p', 300_000)));
        Assert.Single(server.Requests);
        Assert.Empty(_time.Delays);
        Assert.Equal("acme/lumen", error.EndpointId);
        Assert.Contains("job may be running", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_went_stale_between_calls_does_not_repeat_a_submit()
    {
        await using var server = new ScriptedServer(ServerSteps.Json("{}"), ServerSteps.ResetAfterReadingAll(), ServerSteps.Json("{}"));
        using var fal = On(server);
        (await SubmitAsync(fal)).Dispose();
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => SubmitAsync(fal));
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_page_from_in_front_of_fal_is_tried_again()
    {
        await using var server = new ScriptedServer(
            ServerSteps.Reply(502, "text/html", "<html><center>nginx</center></html>"),
            ServerSteps.Json("{}"));
        using var fal = On(server);
        var submit = SubmitAsync(fal);
        await _time.DelaysPendingAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await submit).Dispose();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_limit_with_a_pause_is_kept()
    {
        await using var server = new ScriptedServer(ServerSteps.Json("{}", 429, "Retry-After: 2"), ServerSteps.Json("{}"));
        using var fal = On(server);
        var submit = SubmitAsync(fal);
        await _time.DelaysPendingAsync();
        Assert.True(_time.Delays[0] >= TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Single(server.Requests);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        (await submit).Dispose();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_in_time()
    {
        await using var server = new ScriptedServer(ServerSteps.Silent());
        using var fal = On(server);
        var submit = SubmitAsync(fal);
        await ArrivedAsync(server);
        _time.Advance(TimeSpan.FromSeconds(100));
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => submit);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task A_body_that_stalls_is_given_up_in_time()
    {
        await using var server = new ScriptedServer(ServerSteps.StallsInside("{", 20));
        using var fal = On(server);
        var submit = SubmitAsync(fal);
        await ArrivedAsync(server);
        _time.Advance(TimeSpan.FromSeconds(100));
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => submit);
    }

    [Fact]
    public async Task The_callers_token_ends_a_real_wait()
    {
        await using var server = new ScriptedServer(ServerSteps.Silent());
        using var fal = On(server);
        using var cancel = new CancellationTokenSource();
        var submit = SubmitAsync(fal, ct: cancel.Token);
        await ArrivedAsync(server);
        await cancel.CancelAsync();
        Assert.Equal(cancel.Token, (await Assert.ThrowsAsync<FalSubmitCancelledException>(() => submit)).CancellationToken);
    }

    [Fact]
    public async Task Slow_bytes_and_bytes_without_a_length_are_read_whole()
    {
        await using var server = new ScriptedServer(
            ServerSteps.ByteByByte("""{"text":"Grüße, 世界"}"""),
            ServerSteps.Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n"),
            ServerSteps.Raw("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 100_000)));
        using var fal = On(server);
        Assert.Equal("""{"text":"Grüße, 世界"}""", await ReadAsync(fal));
        Assert.Equal("""{"a":1}""", await ReadAsync(fal));
        Assert.Equal(100_000, (await ReadAsync(fal)).Length);
    }

    [Fact]
    public async Task A_length_that_is_a_lie_is_a_broken_answer()
    {
        await using var server = new ScriptedServer(ServerSteps.Truncated("{}", missing: 10_000_000));
        using var fal = On(server, FalRetryOptions.None);
        await Assert.ThrowsAsync<FalUnavailableException>(() => ReadAsync(fal));
    }

    [Fact]
    public async Task An_answer_without_end_is_refused()
    {
        await using var server = new ScriptedServer(ServerSteps.Truncated("{}", missing: 600_000_000));
        using var fal = On(server, FalRetryOptions.None);
        Assert.Equal(16 * 1024 * 1024, (await Assert.ThrowsAsync<FalResponseTooLargeException>(() => ReadAsync(fal))).MaxBytes);
    }

    [Fact]
    public async Task A_thousand_failing_polls_leave_no_connection_behind()
    {
        await using var server = new ScriptedServer(ServerSteps.ResetAfterReadingAll());
        var fal = On(server, FalRetryOptions.None);
        for (var i = 0; i < 1000; i++) await Assert.ThrowsAsync<FalUnavailableException>(() => ReadAsync(fal));
        fal.Dispose();
        for (var i = 0; i < 200 && server.OpenConnections > 0; i++) await Task.Yield();
        Assert.InRange(server.OpenConnections, 0, 2);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task One_pool_serves_every_call()
    {
        await using var server = new ScriptedServer(ServerSteps.Json("{}"));
        using var fal = On(server);
        for (var i = 0; i < 20; i++) await ReadAsync(fal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_server_that_echoes_the_key_in_a_broken_answer_does_not_bring_it_into_an_error()
    {
        await using var server = new ScriptedServer(
            ServerSteps.Raw($"{CanaryGuard.Key} is no status line\r\n\r\n"), ServerSteps.Raw(
                $"HTTP/1.1 200 OK\r\nbad header {CanaryGuard.Key}\r\n\r\n"));
        using var fal = On(server, FalRetryOptions.None);
        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<FalUnavailableException>(() => ReadAsync(fal));
            Canary.Watch(error);
            Assert.NotNull(error.InnerException);
        }
    }

    private FalClient On(ScriptedServer server, FalRetryOptions? retry = null) => new(new FalClientOptions
    {
        Key = CanaryGuard.Key,
        QueueAddress = server.Address,
        AllowHttpOnLoopback = true,
        TimeProvider = _time,
        Retry = retry ?? new FalRetryOptions(),
    });

    private static Task<HttpResponseMessage> SubmitAsync(FalClient fal, string prompt = "x", CancellationToken ct = default)
        => fal.Transport.SendToFalAsync(FalHost.Queue, "/acme/lumen", HttpMethod.Post, TestFal.Content(prompt), FalCallKind.Submit, null, ct);

    private static async Task<string> ReadAsync(FalClient fal)
    {
        using var response = await fal.Transport
            .SendToFalAsync(FalHost.Queue, "/acme/lumen/requests/r/status", HttpMethod.Get, null, FalCallKind.Read, null, default);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task ArrivedAsync(ScriptedServer server)
    {
        while (server.Requests.Count == 0) await Task.Yield();
    }
}
