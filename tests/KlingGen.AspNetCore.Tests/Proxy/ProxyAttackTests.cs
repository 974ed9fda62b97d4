using System.Net;
using System.Net.Sockets;
using System.Text;
using KlingGen.AspNetCore.Tests.Harness;

namespace KlingGen.AspNetCore.Tests.Proxy;

/// <summary>What a hostile caller can send. Nothing of it may reach fal or another host with the key.</summary>
public sealed class ProxyAttackTests : IClassFixture<ProxyAttackTests.Servers>, IDisposable
{
    private readonly Servers _servers;
    private readonly ProxyApp _app;

    public ProxyAttackTests(Servers servers)
    {
        _servers = servers;
        _app = servers.App;
        _app.Fal.Received.Clear();
    }

    // After every test: no connection elsewhere, and no host that must not know the key has seen it.
    public void Dispose()
    {
        Assert.False(_servers.Evil.Pending());
        Assert.DoesNotContain(_app.Fal.Received.All, received => received.ShowedKey);
    }

    public static TheoryData<string> Targets =>
    [
        "https://evil.example/fal-ai/kling-video",
        "http://127.0.0.1:EVIL/fal-ai/kling-video",
        "http://queue.fal.run/fal-ai/kling-video",
        "https://evilfal.ai/fal-ai/kling-video",
        "https://notfal.run/fal-ai/kling-video",
        "https://xfal.ai/fal-ai/kling-video",
        "https://my-fal.run/fal-ai/kling-video",
        "https://queue.fal.run.evil.example/fal-ai/kling-video",
        "https://queue.fal.run@127.0.0.1:EVIL/fal-ai/kling-video",
        "https://user:pass@queue.fal.run/fal-ai/kling-video",
        "https://queue.fal.run:8443/fal-ai/kling-video",
        "https://queue.fal.run:443/fal-ai/kling-video",
        "https://queue.fal.run./fal-ai/kling-video",
        "https://QUEUE.FAL.RUN/fal-ai/kling-video",
        "HTTPS://queue.fal.run/fal-ai/kling-video",
        "https://queue.fal%2erun/fal-ai/kling-video",
        "//127.0.0.1:EVIL/fal-ai/kling-video",
        "/\\127.0.0.1:EVIL/fal-ai/kling-video",
        "https:/queue.fal.run/fal-ai/kling-video",
        "https:\\\\queue.fal.run\\fal-ai\\kling-video",
        "https://queue.fal.run\\@127.0.0.1:EVIL/fal-ai/kling-video",
        "https://queue.fal.run#@127.0.0.1:EVIL/fal-ai/kling-video",
        "https://queue.fal.run?@127.0.0.1:EVIL/fal-ai/kling-video",
        "https://queue.fal.run",
        "https://queue.fal.run/",
        "https://queue.fal.run//fal-ai/kling-video",
        "https://queue.fal.run/fal-ai//kling-video",
        "https://queue.fal.run/fal-ai/kling-video/",
        "https://queue.fal.run/../fal-ai/kling-video",
        "https://queue.fal.run/fal-ai/kling-video/../../storage/auth/token",
        "https://queue.fal.run/fal-ai/%2e%2e/kling-video",
        "https://queue.fal.run/fal-ai/kling%2fvideo",
        "https://queue.fal.run/fal-ai\\kling-video",
        "https://queue.fal.run/fal-ai/kling-video#fragment",
        "https://queue.fal.run/fal-ai/kling-video?a=1",
        "https://queue.fal.run/fal-ai/kling-video?fal_webhook=https%3A%2F%2Fevil.example",
        "https://queue.fal.run/fal-ai/kling-video?fal_max_queue_length=1&fal%5Fwebhook=x",
        "https://queue.fal.run/fal-ai/kling-video?fal_max_queue_length=1;fal_webhook=https%3A%2F%2Fevil.example",
        "https://queue.fal.run/fal-ai/kling-video/requests/../status",
        "https://queue.fal.run/fal-ai/kling-video/requests/abc/logs",
        "https://queue.fal.run/fal-ai/kling-video/requests/a.b/status",
        "https://queue.fal.run/fal-ai/kling-video/requests/abc/status/stream/more",
        "https://rest.fal.ai/storage/auth/token?storage_type=fal-cdn-v3",
        "https://rest.fal.ai/storage/upload/initiate",
        "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3&x=1",
        "https://rest.fal.ai/tokens/",
        "https://rest.fal.ai/keys",
        "https://rest.alpha.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3",
        "https://api.fal.ai/v1/models/pricing",
        "https://v3.fal.media/files/upload",
        "https://wma.fal.run/fal-ai/kling-video",
        "file:///etc/passwd",
        "queue.fal.run/fal-ai/kling-video",
        " ",
        "",
    ];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_target_that_is_no_plain_call_to_fal_is_refused(string target)
    {
        target = target.Replace("EVIL", $"{((IPEndPoint)_servers.Evil.LocalEndpoint).Port}", StringComparison.Ordinal);
        foreach (var method in new[] { "POST", "GET", "PUT" })
        {
            using var response = await _app.SendAsync(method, target, method == "GET" ? null : ProxyApp.Input);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
        Assert.Empty(_app.Fal.Received.All);
    }

    [Fact]
    public async Task A_target_that_is_missing_repeated_or_endless_is_refused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, await _app.StatusOfAsync("POST", null, ProxyApp.Input));
        var endless = "https://queue.fal.run/" + string.Join('/', Enumerable.Repeat("a", 5000));
        Assert.Equal(HttpStatusCode.BadRequest, await _app.StatusOfAsync("POST", endless, ProxyApp.Input));
        foreach (var more in new[] { "\r\nx-fal-target-url: https://evil.example/a/b", ", https://evil.example/a/b" })
        {
            var status = await _app.SendRawAsync(Raw($"x-fal-target-url: {ProxyApp.SubmitUrl}{more}"));
            Assert.StartsWith("HTTP/1.1 400", status, StringComparison.Ordinal);
        }
        Assert.Empty(_app.Fal.Received.All);
    }

    [Theory]
    [InlineData("x-fal-target-url: TARGET\r\nX-Fal-A: b\r\n Authorization: Key stolen")]
    [InlineData("x-fal-target-url: TARGET\r\nX-Fal-A: b\nAuthorization: Key stolen\0")]
    [InlineData("x-fal-target-url: TARGET\r\nX-Fal-A: b\rHost: evil.example")]
    [InlineData("x-fal-target-url: TARGET\r\nX-Fal-A : b")]
    [InlineData("x-fal-target-url: TARGET\r\nX-Fal-A: \u0001")]
    [InlineData("x-fal-target-url: TARGET\r\nX-Fal-A: caf\u00e9")]
    [InlineData("x-fal-target-url: TARGET\r\nX-Fal-A: one\r\nX-Fal-A: two")]
    [InlineData("x-fal-target-url: TARGET\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity")]
    [InlineData("x-fal-target-url: TARGET\r\nContent-Length: 5")]
    [InlineData("x-fal-target-url: TARGET\r\nContent-Encoding: gzip")]
    public async Task Smuggled_headers_do_not_pass(string headers)
    {
        var status = await _app.SendRawAsync(Raw(headers.Replace("TARGET", ProxyApp.SubmitUrl, StringComparison.Ordinal)));
        Assert.StartsWith("HTTP/1.1 4", status, StringComparison.Ordinal);
        Assert.Empty(_app.Fal.Received.All);
    }

    [Fact]
    public async Task Headers_of_identity_that_look_like_those_of_fal_do_not_replace_the_key()
    {
        using var response = await _app.SendAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input, request =>
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Key stolen:stolen");
            request.Headers.TryAddWithoutValidation("Proxy-Authorization", "Key stolen:stolen");
            request.Headers.TryAddWithoutValidation("x-fal-client-proxy", "spoofed");
            request.Headers.Host = "queue.fal.run";
        });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var headers = _app.Fal.Received.One(FalOperation.Submit).Headers;
        Assert.DoesNotContain(headers.Values, value => value.Contains("stolen", StringComparison.Ordinal));
        Assert.Equal("KlingGen.AspNetCore", headers["x-fal-client-proxy"]);
        Assert.StartsWith("127.0.0.1:", headers["Host"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oversized_and_endless_bodies_are_413_and_start_nothing()
    {
        var large = $$"""{"prompt": "{{new string('x', 200_000)}}"}""";
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await _app.StatusOfAsync("POST", ProxyApp.SubmitUrl, large));
        Assert.Empty(_app.Fal.Received.All);

        using var endless = new TcpClient("127.0.0.1", _app.App.Address.Port);
        var stream = endless.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head($"x-fal-target-url: {ProxyApp.SubmitUrl}\r\nTransfer-Encoding: chunked")));
        var chunk = Encoding.ASCII.GetBytes($"1000\r\n{new string('x', 0x1000)}\r\n");
        var answer = new StreamReader(stream).ReadLineAsync();
        try
        {
            for (var i = 0; i < 1000 && !answer.IsCompleted; i++) await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // The app has closed the connection.
        }
        // A reset that follows the close may discard the response before it is read.
        var status = await Record.ExceptionAsync(() => answer.WaitAsync(TimeSpan.FromSeconds(60))) is null ? await answer : null;
        Assert.True(status is null || status.Contains("413", StringComparison.Ordinal), status);
        Assert.True(answer.IsCompleted);
        // The call to fal broke off in the middle of its body, so no job was made of it.
        Assert.DoesNotContain(_app.Fal.Received.All, received => received.StatusCode == 200);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Bodies_that_a_form_of_another_site_can_send_are_refused(string contentType)
    {
        var type = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        using var response = await _app.SendAsync(
            "POST", ProxyApp.SubmitUrl, ProxyApp.Input, request => request.Content!.Headers.ContentType = type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Empty(_app.Fal.Received.All);
    }

    [Fact]
    public async Task A_slow_reader_holds_up_no_other_caller()
    {
        const int Size = 32 * 1024 * 1024;
        var result = "{\"video\": {\"url\": \"https://v3.fal.media/" + new string('x', Size) + "\"}}";
        _app.Fal.Script.For("**", FalEmulatedRun.Instant with { Result = result });
        using var slow = new TcpClient("127.0.0.1", _app.App.Address.Port) { ReceiveBufferSize = 4096 };
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Raw($"x-fal-target-url: https://fal.run/{ProxyApp.Endpoint}")));
        var start = new byte[1024];
        Assert.NotEqual(0, await slow.GetStream().ReadAsync(start));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        const string Upload = "https://rest.fal.ai/storage/upload/initiate?storage_type=gcs";
        Assert.Equal(HttpStatusCode.OK, await _app.StatusOfAsync("POST", Upload, """{"content_type": "a/b", "file_name": "c"}"""));
        // The answer waits at fal and not in the memory of the app.
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < Size / 2);
    }

    [Fact]
    public async Task Many_parallel_streams_are_served_and_end_with_their_callers()
    {
        var count = Rounds.IsLong ? 500 : 50;
        FalEmulatedLog[] logs = [new("at work") { At = TimeSpan.Zero }];
        _app.Fal.Script.For("**", new FalEmulatedRun { QueuePositions = [], Duration = Timeout.InfiniteTimeSpan, Logs = logs });
        using var job = await _app.SendAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input);
        var requestId = System.Text.Json.JsonDocument.Parse(await job.Content.ReadAsStringAsync()).RootElement.GetProperty("request_id").GetString();
        var target = $"https://queue.fal.run/fal-ai/kling-video/requests/{requestId}/status/stream?logs=1";
        var responses = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var response = await _app.SendAsync("GET", target, completion: HttpCompletionOption.ResponseHeadersRead);
            var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line && !line.Contains("at work", StringComparison.Ordinal))
            {
            }
            return response;
        })).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(count, _app.Fal.Received.CountOf(FalOperation.StatusStream));
        foreach (var response in responses) response.Dispose();
        var cancel = $"https://queue.fal.run/fal-ai/kling-video/requests/{requestId}/cancel";
        Assert.Equal(HttpStatusCode.Accepted, await _app.StatusOfAsync("PUT", cancel));
    }

    private static string Head(string headers)
        => $"POST {ProxyApp.Path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}\r\n\r\n";

    private static string Raw(string headers) => Head($"{headers}\r\nContent-Length: {ProxyApp.Input.Length}") + ProxyApp.Input;

    /// <summary>The proxy with the emulator behind it, and a host that must not be called.</summary>
    public sealed class Servers : IAsyncLifetime
    {
        internal TcpListener Evil { get; } = new(IPAddress.Loopback, 0);

        internal ProxyApp App { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Evil.Start();
            App = await ProxyApp.StartAsync(options => options.MaxRequestBytes = 100_000);
        }

        public async Task DisposeAsync()
        {
            Evil.Dispose();
            await App.DisposeAsync();
        }
    }
}
