using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

/// <summary>What leaves towards hosts that fal, or an attacker, names.</summary>
public sealed class ForeignHostTests : CanaryTest
{
    [Theory]
    [InlineData("http://storage.example/put")]
    [InlineData("http://127.0.0.1:1/put")]
    [InlineData("https://user:pass@storage.example/put")]
    [InlineData("ftp://storage.example/put")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative")]
    public async Task An_address_that_is_not_plain_https_is_not_called(string url)
    {
        using var fal = new TestFal(Canary);
        var error = await Assert.ThrowsAsync<FalProtocolException>(() => SendAsync(fal, new Uri(url, UriKind.RelativeOrAbsolute)));
        Assert.DoesNotContain("pass", error.Message, StringComparison.Ordinal);
        Assert.Empty(fal.Handler.Requests);
    }

    [Theory]
    [InlineData("Authorization", "Bearer x")]
    [InlineData("Cookie", "a=b")]
    [InlineData("X-Fal-Queue-Priority", "low")]
    [InlineData("x-fal-file-name", "a")]
    [InlineData("X-Own", "prefix canary-secret")]
    public async Task Own_headers_are_not_sent_to_foreign_hosts(string name, string value)
    {
        using var fal = new TestFal(Canary);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SendAsync(fal, new Uri("https://storage.example/put"), request => request.Headers.TryAddWithoutValidation(name, value)));
        Canary.Watch(error);
        Assert.Empty(fal.Handler.Requests);
    }

    [Theory]
    [InlineData("https://storage.example/put?key=canary-id:canary-secret")]
    [InlineData("https://storage.example/canary-id%3Acanary-secret")]
    [InlineData("https://storage.example/?q=Y2FuYXJ5LWlkOmNhbmFyeS1zZWNyZXQ=")]
    public async Task An_address_that_holds_the_key_is_not_called(string url)
    {
        using var fal = new TestFal(Canary);
        await Assert.ThrowsAsync<FalProtocolException>(() => SendAsync(fal, new Uri(url)));
        Assert.Empty(fal.Handler.Requests);
    }

    [Fact]
    public async Task Even_a_fal_host_named_by_an_answer_gets_no_key()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}");
        using var response = await SendAsync(fal, new Uri("https://queue.fal.run/a/b"));
        Assert.Null(fal.Handler.Request["Authorization"]);
    }

    [Fact]
    public async Task Plain_http_to_this_machine_needs_the_switch()
    {
        using var fal = new TestFal(Canary, change: options => options.AllowHttpOnLoopback = true);
        fal.Handler.Json("{}");
        using var response = await SendAsync(fal, new Uri("http://127.0.0.1:9/put"));
        Assert.Equal(200, (int)response.StatusCode);
        await Assert.ThrowsAsync<FalProtocolException>(() => SendAsync(fal, new Uri("http://storage.example/put")));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_answer_and_goes_nowhere(int status)
    {
        await using var evil = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json("{}")));
        var other = new ScriptedServer(ServerSteps.Json("{}"));
        await using var _ = other;
        string?[] places =
        [
            evil.Address + "status", $"http://127.0.0.1:{other.Port}/elsewhere", "http://127.0.0.1/plain", "/same/host", "", null,
                "https://evil.example/", "//evil.example", "http://[",
        ];
        foreach (var place in places)
        {
            await using var server = new ScriptedServer(ServerSteps.Redirect(status, place));
            using var fal = OnServer(server);
            foreach (var (kind, method, path) in new[]
            {
                (FalCallKind.Submit, HttpMethod.Post, "/a/b"), (FalCallKind.Read, HttpMethod
                    .Get, "/a/b/requests/r/status"), (FalCallKind.Result, HttpMethod.Get, "/a/b/requests/r"),
                (FalCallKind.Cancel, HttpMethod.Put, "/a/b/requests/r/cancel"), (FalCallKind.UploadInitiate, HttpMethod
                    .Post, "/storage/upload/initiate"), (FalCallKind.Events, HttpMethod.Get, "/a/b/requests/r/status/stream"),
            })
            {
                using var response = await fal.Transport.SendToFalAsync(
                    FalHost.Queue,
                    path,
                    method,
                    kind is FalCallKind.Submit or FalCallKind.UploadInitiate ? TestFal.Content("{}") : null,
                    kind,
                    null,
                    default);
                Assert.Equal(status, (int)response.StatusCode);
                var error = FalErrors.FromResponse(fal.Transport, response, BufferedContent.GetBody(response).Span, "a/b", "r");
                Assert.IsType<FalProtocolException>(error);
                Assert.Equal(status, error.StatusCode);
                Assert.Contains("redirect", error.Message, StringComparison.Ordinal);
                Canary.Watch(error);
            }
            Assert.Equal(6, server.Requests.Count);
            Assert.Equal(2, server.Requests.Count(request => request.Method == "POST"));
        }
        Assert.Equal(0, evil.Connections);
        Assert.Equal(0, other.Connections);
    }

    [Fact]
    public async Task A_redirect_in_a_loop_is_followed_not_even_once()
    {
        await using var server = new ScriptedServer();
        server.Then(ServerSteps.Redirect(307, server.Address + "a/b"));
        using var fal = OnServer(server);
        using var response = await fal.Transport
            .SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Post, TestFal.Content("{}"), FalCallKind.Submit, null, default);
        Assert.Equal(307, (int)response.StatusCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_client_from_outside_that_followed_a_redirect_is_found_out()
    {
        await using var elsewhere = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json("{}")));
        await using var server = new ScriptedServer(ServerSteps.Redirect(302, elsewhere.Address + "landing"));
        using var http = new HttpClient();
        using var fal = new FalClient(
            new FalClientOptions { Key = CanaryGuard.Key, HttpClient = http, QueueAddress = server.Address, AllowHttpOnLoopback = true });
        var error = await Assert.ThrowsAsync<FalProtocolException>(
            () => fal.Transport.SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Get, null, FalCallKind.Read, null, default));
        Assert.Contains("AllowAutoRedirect", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        await using var server = new ScriptedServer(ServerSteps.Json("{}", 200, "Set-Cookie: a=b"));
        using var fal = OnServer(server);
        for (var i = 0; i < 2; i++)
            (await fal.Transport.SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Get, null, FalCallKind.Read, null, default)).Dispose();
        Assert.All(server.Requests, request => Assert.Null(request["Cookie"]));
    }

    private static Task<HttpResponseMessage> SendAsync(TestFal fal, Uri url, Action<HttpRequestMessage>? shape = null)
        => fal.Transport.SendElsewhereAsync(url, HttpMethod.Put, TestFal.Content("bytes"), FalCallKind.UploadPart, shape, default);

    private static FalClient OnServer(ScriptedServer server)
        => new(new FalClientOptions
        {
            Key = CanaryGuard.Key,
            QueueAddress = server.Address,
            AllowHttpOnLoopback = true,
            TimeProvider = new FakeTime { SkipDelays = true }
        });
}
