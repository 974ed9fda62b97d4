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

    /// <summary>A page of a proxy is told from an answer of fal by its type. Nothing reads the type of a success in memory.</summary>
    [Theory]
    [InlineData(422, "text/html")]
    [InlineData(200, null)]
    public async Task Body_in_memory_keeps_the_content_type_of_an_error_only(int status, string? expected)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("text/html", status, null, [], Replies.Send("<p>x</p>")));
        using var response = await fal.SubmitAsync();
        Assert.Equal("<p>x</p>", await response.Content.ReadAsStringAsync());
        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
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
