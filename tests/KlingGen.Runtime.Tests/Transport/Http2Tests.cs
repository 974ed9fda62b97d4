using Fal.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fal.Tests.Transport;

/// <summary>The promises over HTTP/2, where streams are reset instead of connections.</summary>
public sealed class Http2Tests : CanaryTest
{
    [Theory]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task Http_2_is_spoken_where_it_is_offered(HttpProtocols offered, string spoken)
    {
        await using var server = await Http2Server.StartAsync(context => context.Response.WriteAsync(context.Request.Protocol), offered);
        using var handler = server.NewHandler();
        using var fal = On(server, handler);
        using var response = await SubmitAsync(fal);
        Assert.Equal(spoken, await response.Content.ReadAsStringAsync());
    }

    public static TheoryData<string> Breaks() => ["stream reset", "connection lost", "reset within the answer", "reset before the body was read"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_submit_whose_stream_broke_is_sent_once(string what)
    {
        await using var server = await Http2Server.StartAsync(async context =>
        {
            if (what != "reset before the body was read") await context.Request.Body.CopyToAsync(Stream.Null);
            if (what == "reset within the answer")
            {
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
            }
            if (what == "connection lost")
                context.Features.GetRequiredFeature<Microsoft.AspNetCore.Connections.Features.IConnectionLifetimeFeature>().Abort();
            else context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(2);
        });
        using var handler = server.NewHandler();
        using var fal = On(server, handler);
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => SubmitAsync(fal));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_read_whose_stream_was_reset_is_tried_again_on_the_same_connection()
    {
        var seen = 0;
        var connections = new HashSet<string>();
        await using var server = await Http2Server.StartAsync(async context =>
        {
            lock (connections) connections.Add(context.Connection.Id);
            if (Interlocked.Increment(ref seen) < 3) context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(2);
            else await context.Response.WriteAsync("{}");
        });
        using var handler = server.NewHandler();
        using var fal = On(server, handler);
        using var response = await fal.Transport
            .SendToFalAsync(FalHost.Queue, "/a/b/requests/r/status", HttpMethod.Get, null, FalCallKind.Read, null, default);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        Assert.Equal(3, server.Requests);
        Assert.Single(connections);
    }

    [Fact]
    public async Task Many_calls_at_once_share_few_connections()
    {
        var connections = new HashSet<string>();
        await using var server = await Http2Server.StartAsync(async context =>
        {
            lock (connections) connections.Add(context.Connection.Id);
            await context.Response.WriteAsync("{}");
        });
        using var handler = server.NewHandler();
        using var fal = On(server, handler);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ =>
        {
            using var response = await fal.Transport
                .SendToFalAsync(FalHost.Queue, "/a/b/requests/r/status", HttpMethod.Get, null, FalCallKind.Read, null, default);
            Assert.Equal(200, (int)response.StatusCode);
        }));
        Assert.Equal(500, server.Requests);
        Assert.InRange(connections.Count, 1, 20);
    }

    [Fact]
    public async Task Untrusted_certificate_gets_no_byte_of_the_request()
    {
        await using var server = await Http2Server.StartAsync(context => context.Response.WriteAsync("{}"));
        using var fal = new FalClient(
            new FalClientOptions { Key = CanaryGuard.Key, QueueAddress = server.Address, TimeProvider = new FakeTime { SkipDelays = true } });
        var error = await Assert.ThrowsAsync<FalUnavailableException>(() => SubmitAsync(fal));
        Assert.Contains("No job was started", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    private static FalClient On(Http2Server server, HttpMessageHandler handler)
        => new(new FalClientOptions
        {
            Key = CanaryGuard.Key,
            QueueAddress = server.Address,
            HttpHandler = handler,
            TimeProvider = new FakeTime { SkipDelays = true }
        });

    private static Task<HttpResponseMessage> SubmitAsync(FalClient fal)
        => fal.Transport
            .SendToFalAsync(FalHost.Queue, "/acme/lumen", HttpMethod.Post, TestFal.Content("""{"prompt":"x"}"""), FalCallKind.Submit, null, default);
}
