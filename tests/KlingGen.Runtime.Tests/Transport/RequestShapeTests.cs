using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class RequestShapeTests : CanaryTest
{
    [Fact]
    public async Task A_call_to_fal_carries_the_key_the_user_agent_and_the_body()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("""{"request_id":"abc-1"}""");
        using var response = await fal.SubmitAsync();
        var sent = fal.Handler.Request;
        Assert.Equal("https://queue.fal.run/acme/lumen/v1/text-to-clip", sent.Url.AbsoluteUri);
        Assert.Equal("POST", sent.Method);
        Assert.Equal("Key " + CanaryGuard.Key, sent["Authorization"]);
        Assert.Equal("application/json", sent["Content-Type"]);
        Assert.Equal("application/json", sent["Accept"]);
        Assert.StartsWith("KlingGen/", sent["User-Agent"], StringComparison.Ordinal);
        Assert.Equal("""{"prompt":"x"}""", sent.Text);
        Assert.Equal("""{"request_id":"abc-1"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(0, fal.Time.PendingTimers);
    }

    [Fact]
    public async Task Call_to_a_foreign_host_has_no_own_headers()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}");
        using var response = await fal.Transport.SendElsewhereAsync(
            new Uri("https://storage.example/put?sig=1"), HttpMethod.Put, TestFal.Content("bytes"), FalCallKind.UploadPart, request => request.Headers
                .Add("X-Own", "1"), default);
        var sent = fal.Handler.Request;
        Assert.Null(sent["Authorization"]);
        Assert.Null(sent["Cookie"]);
        Assert.DoesNotContain(sent.Headers, header => header.Key.StartsWith("X-Fal", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("1", sent["X-Own"]);
    }
}
