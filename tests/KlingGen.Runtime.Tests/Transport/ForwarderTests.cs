using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class ForwarderTests : CanaryTest
{
    private static readonly FalPublicUrl Target =
        FalPublicUrl.TryParse("https://queue.fal.run/acme/lumen/v1/text-to-clip?fal_max_queue_length=3", out var url) ? url : null!;

    [Fact]
    public async Task SendAsync_sends_once_with_the_key_and_returns_only_headers_of_fal()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json($$"""{"echo":"{{CanaryGuard.Key}}"}""", 503, "x-fal-request-id: r1", "Retry-After: 5", "Set-Cookie: a=b", "Server: nginx");
        var response = await new FalForwarder(fal.Client).SendAsync(
            Target, HttpMethod.Post, new StringContent("{}"), [new("Accept", "text/event-stream"), new("X-Fal-Queue-Priority", "low")]);
        Assert.Equal((503, "application/json"), (response.StatusCode, response.ContentType));
        Assert.Equal(["Retry-After: 5", "x-fal-request-id: r1"], response.Headers.Select(header => $"{header.Key}: {header.Value}").Order());
        using var reader = new StreamReader(await response.OpenBodyAsync());
        Assert.Equal("""{"echo":"***"}""", await reader.ReadToEndAsync());
        var request = fal.Handler.Request;
        Assert.Equal(Target.ToString(), request.Url.AbsoluteUri);
        Assert.Equal(("text/event-stream", "low"), (request["Accept"], request["X-Fal-Queue-Priority"]));
        Assert.Equal("Key " + CanaryGuard.Key, request["Authorization"]);
        response.Dispose();
        fal.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData("Authorization", "Key a:b")]
    [InlineData("x-fal-target-url", "https://evil.example")]
    [InlineData("Cookie", "a=b")]
    [InlineData("X-Fal-A", "b\r\nX-Evil: 1")]
    [InlineData("Accept", "a\nb")]
    public async Task SendAsync_refuses_headers_that_are_not_the_callers(string name, string value)
    {
        using var fal = new TestFal(Canary);
        var forwarder = new FalForwarder(fal.Client);
        await Assert.ThrowsAsync<ArgumentException>(() => forwarder.SendAsync(Target, HttpMethod.Get, headers: [new(name, value)]));
        Assert.Empty(fal.Handler.Requests);
    }

    [Fact]
    public async Task SendAsync_does_not_follow_a_redirect_or_repeat_a_failure()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Empty(307, "Location: https://evil.example/")).Then(Replies.Reset());
        var forwarder = new FalForwarder(fal.Client);
        await Assert.ThrowsAsync<FalProtocolException>(() => forwarder.SendAsync(Target, HttpMethod.Post, new StringContent("{}")));
        await Assert.ThrowsAsync<FalUnavailableException>(() => forwarder.SendAsync(Target, HttpMethod.Post, new StringContent("{}")));
        Assert.Equal(2, fal.Handler.Requests.Count);
    }
}
