using System.Text;
using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class ErrorMappingTests : CanaryTest
{
    [Theory]
    [InlineData(401, typeof(FalAuthenticationException), false)]
    [InlineData(403, typeof(FalAuthenticationException), false)]
    [InlineData(429, typeof(FalRateLimitException), true)]
    [InlineData(400, typeof(FalRequestRejectedException), false)]
    [InlineData(404, typeof(FalRequestRejectedException), false)]
    [InlineData(405, typeof(FalRequestRejectedException), false)]
    [InlineData(422, typeof(FalRequestRejectedException), false)]
    [InlineData(500, typeof(FalUnavailableException), true)]
    [InlineData(503, typeof(FalUnavailableException), true)]
    [InlineData(302, typeof(FalProtocolException), null)]
    [InlineData(204, typeof(FalProtocolException), null)]
    public async Task Every_status_has_its_error_with_endpoint_and_request(int status, Type type, bool? transient)
    {
        var error = await OfAsync("""{"detail":"because","error_type":"a_type"}""", status);
        Assert.IsType(type, error);
        Assert.Equal(
            ("acme/lumen", "r-1", status, "a_type", transient),
            (error.EndpointId, error.RequestId, error.StatusCode, error.ErrorType, error.IsTransient));
        Assert.Equal("""{"detail":"because","error_type":"a_type"}""", error.ResponseBody);
        Assert.EndsWith("[endpoint acme/lumen, request r-1]", error.Message, StringComparison.Ordinal);
        if (type != typeof(FalProtocolException)) Assert.Contains("because", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_request_lists_every_problem_with_the_member_of_the_request()
    {
        var error = Assert.IsType<FalRequestRejectedException>(await OfAsync("""
            {"detail":[{"loc":["body","elements",0,"video_url"],"msg":"too large","type":"file_too_large","ctx":{"max_size":5}},{"loc":["body","cfg_scale"],"msg":"too much","type":"less_than_equal","ctx":{"le":1},"input":"private"}]}
            """, 422));
        FalInvalidRequestException either = error;
        Assert.Equal(["Elements[0].VideoUrl", "CfgScale"], either.Problems.Select(problem => problem.Property));
        Assert.Equal(["elements.0.video_url", "cfg_scale"], either.Problems.Select(problem => problem.Path));
        Assert.Contains("elements.0.video_url: too large; cfg_scale: too much.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("private", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_to_do_next_is_said_where_it_is_known()
    {
        Assert.Contains("no longer keeps it", (await OfAsync("{}", 404)).Message, StringComparison.Ordinal);
        Assert.Contains("Upload large files", (await OfAsync("{}", 413)).Message, StringComparison.Ordinal);
        Assert.Contains("FAL_KEY", (await OfAsync("{}", 401)).Message, StringComparison.Ordinal);
        Assert.Contains("balance", (await OfAsync("{}", 403)).Message, StringComparison.Ordinal);
        using var fal = new TestFal(Canary);
        using var missing = new HttpResponseMessage(System.Net.HttpStatusCode.NotFound);
        var notFound = FalErrors.FromResponse(fal.Transport, missing, default, "acme/lumen", null);
        Assert.Contains("Check the endpoint's id", notFound.Message, StringComparison.Ordinal);
        using var busy = new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable);
        var failed = FalErrors.FromResultResponse(fal.Transport, busy, default, "acme/lumen", "r");
        Assert.Contains("submitted again", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_tells_how_long_to_wait()
        => Assert.Equal(TimeSpan.FromSeconds(90), Assert.IsType<FalRateLimitException>(await OfAsync("{}", 429, "Retry-After: 90")).RetryAfter);

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(302)]
    public async Task A_key_echoed_by_the_server_is_not_in_the_error(int status)
    {
        foreach (var echo in new[] {
            CanaryGuard.Key,
            Convert.ToBase64String(Encoding.UTF8.GetBytes(CanaryGuard.Key)),
            Uri.EscapeDataString(CanaryGuard.Key) })
        {
            Canary.Watch(await OfAsync($$"""{"detail":"bad key {{echo}}","error_type":"{{echo}}"}""", status, $"X-Fal-Error-Type: {echo}"));
            Canary.Watch(await OfAsync($"<html>{echo}</html>", status));
            Canary.Watch(await OfAsync($$"""{"detail":[{"loc":["body","{{echo}}"],"msg":"{{echo}}","type":"{{echo}}"}]}""", status));
        }
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_leaves_the_status()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("application/json", 404, 50, [], Replies.Send("{"), Replies.Cut()));
        using var response = await fal.Transport
            .SendElsewhereAsync(new Uri("https://x.example/"), HttpMethod.Get, null, FalCallKind.Download, null, default);
        var error = FalErrors.FromResponse(fal.Transport, response, BufferedContent.GetBody(response).Span, null, null);
        Assert.Equal((404, null), (error.StatusCode, error.ResponseBody));
        Assert.DoesNotContain("[", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_id_of_a_header_fills_in()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}", 400, "x-fal-request-id: from-header");
        using var response = await fal.StatusAsync();
        var error = FalErrors.FromResponse(fal.Transport, response, BufferedContent.GetBody(response).Span, null, null);
        Assert.Equal("from-header", error.RequestId);
    }

    public static TheoryData<int, string, string, Type> Results() => new()
    {
        { 499, "{}", "", typeof(FalJobCancelledException) },
        { 499, """{"detail":"c","error_type":"client_cancelled"}""", "", typeof(FalJobCancelledException) },
        { 499, """{"detail":"c","error_type":"client_disconnected"}""", "", typeof(FalJobFailedException) },
        { 500, """{"detail":[{"loc":["body"],"msg":"boom","type":"internal_server_error"}]}""", "", typeof(FalJobFailedException) },
        { 504, """{"detail":"late","error_type":"request_timeout"}""", "x-fal-request-timeout-type: user", typeof(FalJobFailedException) },
        { 400, "{}", "", typeof(FalJobFailedException) },
        { 422, "{}", "", typeof(FalRequestRejectedException) },
        { 404, "{}", "", typeof(FalRequestRejectedException) },
        { 401, "{}", "", typeof(FalAuthenticationException) },
        { 429, "{}", "", typeof(FalRateLimitException) },
        { 302, "{}", "", typeof(FalProtocolException) },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void A_result_that_is_an_error_tells_how_the_job_ended(int status, string body, string header, Type type)
    {
        using var fal = new TestFal(Canary);
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)status);
        if (header.Length > 0) response.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        var error = FalErrors.FromResultResponse(fal.Transport, response, Encoding.UTF8.GetBytes(body), "acme/lumen", "r-1");
        Assert.IsType(type, error);
        Assert.Equal(("acme/lumen", "r-1", status), (error.EndpointId, error.RequestId, error.StatusCode));
        if (error is FalJobFailedException { StatusCode: 500 } failed)
            Assert.Equal(("boom", "internal_server_error"), (Assert.Single(failed.Problems).Message, failed.ErrorType));
    }

    [Theory]
    [InlineData("", "", 500, null)]
    [InlineData("X-Fal-Needs-Retry", "1", 500, true)]
    [InlineData("X-Fal-Needs-Retry", "true", 500, true)]
    [InlineData("X-Fal-Needs-Retry", "0", 503, false)]
    [InlineData("X-Fal-Retryable", "False", 503, false)]
    [InlineData("X-Fal-Retryable", "TRUE", 422, true)]
    [InlineData("X-Fal-Retryable", "perhaps", 422, false)]
    [InlineData("X-Fal-Retryable", "", 503, true)]
    public void The_servers_own_word_decides_whether_trying_again_helps(string name, string value, int status, bool? expected)
    {
        using var response = new HttpResponseMessage();
        if (name.Length > 0) response.Headers.TryAddWithoutValidation(name, value);
        Assert.Equal(expected, FalErrors.IsTransient(response.Headers, null, status));
    }

    [Theory]
    [InlineData("runner_disconnected", 503, true)]
    [InlineData("startup_timeout", 504, true)]
    [InlineData("content_policy_violation", 422, false)]
    [InlineData("client_cancelled", 499, false)]
    [InlineData("never_heard_of", 500, null)]
    [InlineData("never_heard_of", 503, true)]
    [InlineData(null, 400, false)]
    [InlineData(null, 429, true)]
    public void What_is_known_of_a_type_is_used(string? type, int status, bool? expected)
        => Assert.Equal(expected, FalErrors.IsTransient(type, status));

    [Theory]
    [InlineData("prompt", "Prompt")]
    [InlineData("cfg_scale", "CfgScale")]
    [InlineData("elements.0.video_url", "Elements[0].VideoUrl")]
    [InlineData("0.x", "[0].X")]
    [InlineData("3d_model-type.10", "3dModelType[10]")]
    [InlineData("", null)]
    public void A_wire_path_leads_to_a_member(string path, string? member) => Assert.Equal(member, FalPropertyPath.FromWirePath(path));

    private async Task<FalException> OfAsync(string body, int status, params string[] headers)
    {
        using var fal = new TestFal(Canary, change: options => options.Retry = FalRetryOptions.None);
        fal.Handler.Json(body, status, headers);
        using var response = await fal.StatusAsync();
        return FalErrors.FromResponse(fal.Transport, response, BufferedContent.GetBody(response).Span, "acme/lumen", "r-1");
    }
}
