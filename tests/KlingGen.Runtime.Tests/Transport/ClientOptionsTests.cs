using System.Net;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class ClientOptionsTests : CanaryTest
{
    [Fact]
    public void What_is_not_said_is_fals_own()
    {
        var options = new FalClientOptions();
        Assert.Equal("https://queue.fal.run/", options.QueueAddress.AbsoluteUri);
        Assert.Equal("https://fal.run/", options.RunAddress.AbsoluteUri);
        Assert.Equal("https://rest.fal.ai/", options.RestAddress.AbsoluteUri);
        Assert.Null(options.Deadline);
        Assert.Null(options.HttpClient);
        Assert.Null(options.HttpHandler);
        Assert.False(options.AllowHttpOnLoopback);
        Assert.False(options.UseBackupHosts);
        Assert.Same(TimeProvider.System, options.TimeProvider);
    }

    [Fact]
    public void CreateHttpHandler_follows_no_redirects_and_keeps_no_cookies()
    {
        using var handler = FalClientOptions.CreateHttpHandler();
        var sockets = Assert.IsType<SocketsHttpHandler>(handler);
        Assert.Equal((false, false, TimeSpan.FromMinutes(10)), (sockets.AllowAutoRedirect, sockets.UseCookies, sockets.PooledConnectionLifetime));
    }

    [Theory]
    [InlineData("http://queue.fal.run")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("ftp://queue.fal.run")]
    [InlineData("file:///etc")]
    [InlineData("https://user:pass@queue.fal.run")]
    [InlineData("https://queue.fal.run/?x=1")]
    [InlineData("https://queue.fal.run/#x")]
    [InlineData("/relative")]
    public void An_address_that_must_not_see_the_key_is_refused(string address)
    {
        var url = new Uri(address, UriKind.RelativeOrAbsolute);
        Action<FalClientOptions>[] places = [options => options.QueueAddress = url, options => options.RunAddress = url, options => options
            .RestAddress = url];
        foreach (var place in places)
        {
            var options = new FalClientOptions { Key = CanaryGuard.Key };
            place(options);
            Assert.Contains("Address", Assert.Throws<ArgumentException>(() => new FalClient(options)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://[::1]:5000", true)]
    [InlineData("http://10.0.0.1", false)]
    [InlineData("http://localhost.evil.com", false)]
    [InlineData("http://queue.fal.run", false)]
    public void Plain_http_is_for_this_machine_and_by_switch_only(string address, bool allowed)
    {
        var options = new FalClientOptions { Key = CanaryGuard.Key, QueueAddress = new Uri(address), AllowHttpOnLoopback = true };
        if (allowed) new FalClient(options).Dispose();
        else Assert.Throws<ArgumentException>(() => new FalClient(options));
    }

    [Fact]
    public async Task Addresses_of_ones_own_get_the_calls_and_the_key()
    {
        using var fal = new TestFal(Canary, change: options =>
        {
            options.QueueAddress = new Uri("https://fal-proxy.example:8443/queue/");
            options.RunAddress = new Uri("https://fal-proxy.example/run");
            options.RestAddress = new Uri("https://fal-proxy.example/rest");
        });
        Canary.Watch(fal.Handler, "fal-proxy.example", "fal-proxy.example:8443");
        fal.Handler.Json("{}").Json("{}").Json("{}");
        (await fal.SubmitAsync("/a/b?fal_webhook=https%3A%2F%2Fme.example%2Fhook%3Fx%3D1")).Dispose();
        (await fal.Transport.SendToFalAsync(FalHost.Run, "/a/b", HttpMethod.Post, null, FalCallKind.RunDirect, null, default)).Dispose();
        (await fal.Transport.SendToFalAsync(
            FalHost.Rest,
            "/storage/upload/initiate?storage_type=fal-cdn-v3",
            HttpMethod.Post,
            null,
            FalCallKind.UploadInitiate,
            null,
            default)).Dispose();
        Assert.Equal(
            [
                "https://fal-proxy.example:8443/queue/a/b?fal_webhook=https%3A%2F%2Fme.example%2Fhook%3Fx%3D1", "https://fal-proxy.example/run/a/b",
                "https://fal-proxy.example/rest/storage/upload/initiate?storage_type=fal-cdn-v3",
            ],
            fal.Handler.Requests.Select(request => request.Url.AbsoluteUri));
        Assert.Equal(new Uri("https://fal-proxy.example:8443/queue/"), fal.Transport.QueueAddress);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("/a/../b")]
    [InlineData("/a/%2e%2e/b")]
    [InlineData("/a\\b")]
    [InlineData("/a/b#x")]
    [InlineData("@evil.example/")]
    [InlineData(".evil.example/")]
    [InlineData(":8443/")]
    public async Task A_path_that_would_lead_elsewhere_is_not_called(string path)
    {
        using var fal = new TestFal(Canary);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => fal.SubmitAsync(path));
        Assert.Empty(fal.Handler.Requests);
    }

    public static TheoryData<string> BadLimits() => ["AttemptTimeout", "TransferTimeout", "DirectRunTimeout", "Deadline"];

    [Theory]
    [MemberData(nameof(BadLimits))]
    public void A_time_limit_must_be_one(string name)
    {
        foreach (var value in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromDays(46), TimeSpan.MaxValue, Timeout.InfiniteTimeSpan })
        {
            var options = new FalClientOptions { Key = CanaryGuard.Key };
            typeof(FalClientOptions).GetProperty(name)!.SetValue(options, value);
            Assert.Contains(name, Assert.Throws<ArgumentException>(() => new FalClient(options)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_handler_that_follows_redirects_is_refused()
    {
        using var sockets = new SocketsHttpHandler();
        using var classic = new HttpClientHandler();
        using var wrapped = new Passing(new SocketsHttpHandler());
        foreach (var handler in new HttpMessageHandler[] { sockets, classic, wrapped })
            Assert.Contains(
                "AllowAutoRedirect",
                Assert.Throws<ArgumentException>(() => new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = handler })).Message,
                StringComparison.Ordinal);
        using var fine = new Passing(new SocketsHttpHandler { AllowAutoRedirect = false });
        new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = fine }).Dispose();
    }

    [Fact]
    public void A_handler_and_a_client_at_once_are_refused()
    {
        using var handler = new ScriptedHandler();
        using var http = new HttpClient();
        Assert.Throws<ArgumentException>(
            () => new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = handler, HttpClient = http }));
        Assert.Throws<ArgumentNullException>(() => new FalClient((FalClientOptions)null!));
        Assert.Throws<ArgumentNullException>(() => new FalClient(new FalClientOptions { Key = CanaryGuard.Key, Retry = null! }));
        Assert.Throws<ArgumentNullException>(() => new FalClient(new FalClientOptions { Key = CanaryGuard.Key, TimeProvider = null! }));
    }

    [Theory]
    [InlineData("Authorization", "Key canary-id:canary-secret")]
    [InlineData("Cookie", "a=b")]
    [InlineData("x-fal-store-io", "0")]
    public void A_client_that_would_tell_every_host_is_refused(string name, string value)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("X-My-Trace", "fine");
        http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        var error = Assert.Throws<ArgumentException>(() => new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpClient = http }));
        Canary.Watch(error);
        Assert.Contains("default headers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_reads_the_body_by_itself_counts_as_having_sent_it()
    {
        using var fal = new TestFal(Canary);
        foreach (var read in new Func<HttpContent, Task>[] {
            content => content.ReadAsStreamAsync(),
            content => content.LoadIntoBufferAsync(),
            content => Task.FromResult(content.ReadAsStream()),
            content => Copied(content) })
        {
            using var logging = new Passing(fal.Handler) { Reads = read };
            using var client = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = logging });
            fal.Handler.Then(Replies.Refused());
            await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => client.Transport
                .SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Post, TestFal.Content("{}"), FalCallKind.Submit, null, default));
        }
    }

    [Fact]
    public async Task Under_a_handler_that_repeats_what_is_safe_a_submit_still_goes_once()
    {
        using var fal = new TestFal(Canary);
        using var resilient = new Resilient(fal.Handler);
        using var client = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = resilient, Retry = FalRetryOptions.None });
        fal.Handler.Then(Replies.Reset());
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(
            () => client.Transport.SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Post, TestFal.Content("{}"), FalCallKind.Submit, null, default));
        Assert.Single(fal.Handler.Requests);
        fal.Handler.Json("{}", 503).Json("{}");
        using var response = await client.Transport
            .SendToFalAsync(FalHost.Queue, "/a/b/requests/r/status", HttpMethod.Get, null, FalCallKind.Read, null, default);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task What_came_from_outside_stays_open()
    {
        using var handler = Canary.Watch(new ScriptedHandler()).Json("{}").Json("{}");
        new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = handler }).Dispose();
        using var http = new HttpClient(handler, disposeHandler: false);
        var fal = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpClient = http });
        (await fal.Transport.SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Get, null, FalCallKind.Read, null, default)).Dispose();
        fal.Dispose();
        (await http.GetAsync(new Uri("https://elsewhere.example/"))).Dispose();
        Assert.Equal("Key " + CanaryGuard.Key, handler.Requests[0]["Authorization"]);
        Assert.Null(handler.Requests[1]["Authorization"]);
    }

    [Fact]
    public async Task Options_are_read_once()
    {
        var handler = Canary.Watch(new ScriptedHandler()).Json("{}");
        var options = new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = handler };
        using var fal = new FalClient(options);
        options.Key = "other:key";
        options.QueueAddress = new Uri("https://elsewhere.example");
        (await fal.Transport.SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Get, null, FalCallKind.Read, null, default)).Dispose();
        Assert.Equal("queue.fal.run", handler.Request.Host);
        Assert.Equal("Key " + CanaryGuard.Key, handler.Request["Authorization"]);
    }

    [Fact]
    public void Our_own_handler_follows_nothing_and_keeps_nothing()
    {
        using var handler = HttpSender.NewHandler();
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(DecompressionMethods.None, handler.AutomaticDecompression);
        Assert.True(handler.EnableMultipleHttp2Connections);
        // Shorter than the 60 seconds after which common load balancers close an idle connection.
        Assert.InRange(handler.PooledConnectionIdleTimeout, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(55));
    }

    [Fact]
    public async Task Http_2_is_asked_for_and_less_accepted()
    {
        using var fal = new TestFal(Canary);
        HttpRequestMessage? sent = null;
        using var seeing = new Passing(fal.Handler) { Saw = request => sent = request };
        using var client = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = seeing });
        fal.Handler.Json("{}");
        (await client.Transport.SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Get, null, FalCallKind.Read, null, default)).Dispose();
        Assert.Equal((HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower), (sent!.Version, sent.VersionPolicy));
    }

    [Fact]
    public async Task A_disposed_client_says_so()
    {
        var fal = new FalClient(CanaryGuard.Key);
        fal.Dispose();
        fal.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => fal.Transport.SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Post, TestFal.Content("{}"), FalCallKind.Submit, null, default));
    }

    private static Task Copied(HttpContent content)
    {
        content.CopyTo(Stream.Null, null, default);
        return Task.CompletedTask;
    }

    private sealed class Passing(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public Action<HttpRequestMessage>? Saw { get; init; }

        public Func<HttpContent, Task>? Reads { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Saw?.Invoke(request);
            if (Reads is not null) await Reads(request.Content!);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    // What the usual resilience handler does when it is told to leave unsafe methods alone.
    private sealed class Resilient(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method != HttpMethod.Get || (int)response.StatusCode < 500) return response;
            response.Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
