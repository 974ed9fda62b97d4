using Fal.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fal.Tests.Transport;

/// <summary>A client from outside that would send a submit twice is stopped, and the exception names the fix.</summary>
public sealed class SendOnceTests : CanaryTest
{
    private readonly FakeTime _time = new() { SkipDelays = true };

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(429)]
    public async Task A_handler_that_repeats_a_POST_is_stopped(int status)
    {
        await using var server = new ScriptedServer(ServerSteps.Json("{}", status), ServerSteps.Json("""{"request_id":"second"}"""));
        using var http = new HttpClient(new Repeating { InnerHandler = new SocketsHttpHandler() });
        using var fal = On(server, http);
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => SubmitAsync(fal));
        Assert.Contains("DisableForUnsafeHttpMethods", error.Message, StringComparison.Ordinal);
        Assert.Contains("AllowAutoRedirect", error.Message, StringComparison.Ordinal);
        // The second head may have left, but not a byte of a second body, without which the server starts nothing.
        Assert.Single(server.Requests, request => request.Body.Length > 0);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_client_that_follows_redirects_is_stopped(int status)
    {
        await using var other = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json("""{"request_id":"elsewhere"}""")));
        await using var server = new ScriptedServer(ServerSteps.Redirect(status, other.Address + "acme/lumen"));
        using var http = new HttpClient(new SocketsHttpHandler());
        using var fal = On(server, http);
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => SubmitAsync(fal));
        Assert.Contains("AllowAutoRedirect", error.Message, StringComparison.Ordinal);
        Assert.All(other.Requests, request => Assert.Empty(request.Body));
    }

    [Fact]
    public async Task A_handler_that_logs_the_body_is_no_second_use()
    {
        await using var server = new ScriptedServer(ServerSteps.Json("""{"request_id":"first"}"""));
        var logging = new Logging { InnerHandler = new SocketsHttpHandler() };
        using var http = new HttpClient(logging);
        using var fal = On(server, http);
        Assert.Equal("first", (await SubmitAsync(fal)).RequestId);
        Assert.Equal("""{"prompt":"x"}""", logging.Seen);
        Assert.Equal("""{"prompt":"x"}""", Assert.Single(server.Requests).Text);
    }

    [Fact]
    public async Task Reads_may_be_repeated_by_a_handler()
    {
        await using var server = new ScriptedServer(ServerSteps.Json("{}", 503), ServerSteps.Json("{}"));
        using var http = new HttpClient(new Repeating { InnerHandler = new SocketsHttpHandler() });
        using var fal = On(server, http);
        using var response = await fal.Transport.SendToFalAsync(
            FalHost.Queue, "/a/b/requests/r/status", HttpMethod.Get, null, FalCallKind.Read, null, default);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_refused_HTTP_2_stream_has_not_arrived_and_is_retried()
    {
        var (seen, whole) = (0, 0);
        await using var server = await Http2Server.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref seen) == 1)
            {
                // REFUSED_STREAM: the server promises that it has processed nothing.
                context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(7);
                return;
            }
            // HTTP/2's own second send brings a head and no body.
            await context.Request.Body.CopyToAsync(Stream.Null);
            Interlocked.Increment(ref whole);
            await context.Response.WriteAsync("{}");
        });
        using var handler = server.NewHandler();
        using var fal = new FalClient(
            new FalClientOptions { Key = CanaryGuard.Key, QueueAddress = server.Address, HttpHandler = handler, TimeProvider = _time });
        using var response = await fal.Transport.SendToFalAsync(
            FalHost.Queue, "/acme/lumen", HttpMethod.Post, TestFal.Content("""{"prompt":"x"}"""), FalCallKind.Submit, null, default);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(1, whole);
    }

    private FalClient On(ScriptedServer server, HttpClient http) => new(new FalClientOptions
    {
        Key = CanaryGuard.Key,
        QueueAddress = server.Address,
        AllowHttpOnLoopback = true,
        HttpClient = http,
        TimeProvider = _time,
    });

    private static Task<FalJob<FalRawResult>> SubmitAsync(FalClient fal)
    {
        using var input = System.Text.Json.JsonDocument.Parse("""{"prompt":"x"}""");
        return fal.Endpoint("acme/lumen").SubmitAsync(input.RootElement.Clone());
    }

    /// <summary>Reads the body into memory before it is sent.</summary>
    private sealed class Logging : DelegatingHandler
    {
        public string? Seen { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen = await request.Content!.ReadAsStringAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>A resilience handler as it is often set up: everything is sent again, a POST as well.</summary>
    private sealed class Repeating : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode) return response;
            response.Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
