using System.Net;
using System.Text;
using System.Text.Json;
using Fal.KlingVideo;
using KlingGen.AspNetCore.Tests.Harness;
using Microsoft.AspNetCore.Mvc;

namespace KlingGen.AspNetCore.Tests.Errors;

public sealed class ProblemDetailsTests
{
    private static readonly FalProblem Problem = new() { Path = "elements.0.image_url", Type = "missing", Message = "is missing" };

    public static TheoryData<FalException, int> Errors => new()
    {
        { new FalValidationException([Problem]), 400 },
        { new FalRequestRejectedException("fal said no", [Problem]), 422 },
        { new FalJobFailedException("The job failed") { Problems = [Problem] }, 422 },
        { new FalJobFailedException("The job failed"), 502 },
        { new FalJobCancelledException("The job was cancelled"), 409 },
        { new FalRateLimitException("A limit was reached") { RetryAfter = TimeSpan.FromSeconds(6.2) }, 429 },
        { new FalAccountLockedException("fal has locked the account", "Exhausted balance"), 503 },
        { new FalAuthenticationException("fal did not accept the key"), 503 },
        { new FalUnavailableException("no connection could be made"), 503 },
        { new FalTimeoutException("the deadline passed"), 504 },
        { new FalOutcomeUnknownException("the connection broke"), 502 },
        { new FalProtocolException("not JSON"), 502 },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_of_a_call_is_answered_with_its_status_and_nothing_about_the_account(FalException error, int status)
    {
        await using var app = await StartAsync(routes => routes.MapGet("/", () => Throw(error)));
        using var response = await app.App.Http.GetAsync(new Uri("/", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var json = JsonDocument.Parse(text).RootElement;
        Assert.Equal(status, json.GetProperty("status").GetInt32());
        Assert.DoesNotContain("balance", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("fal ", text, StringComparison.OrdinalIgnoreCase);
        if (status is 400 or 422) Assert.Equal("is missing", json.GetProperty("errors").GetProperty("elements.0.image_url")[0].GetString());
        if (status == 429) Assert.Equal("7", response.Headers.GetValues("Retry-After").Single());
        // What the caller does not see stands in the log.
        Assert.Equal(status >= 500, app.App.Log.Own.Any(line => line.Contains(error.Message, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Other_exceptions_are_left_to_the_app()
    {
        await using var app = await StartAsync(routes => routes.MapGet("/", () => Throw(new InvalidOperationException("a fault of the app"))));
        using var response = await app.App.Http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Theory]
    [InlineData("/minimal")]
    [InlineData("/mvc")]
    public async Task Emitted_requests_are_bound_and_checked(string path)
    {
        await using var app = await StartAsync(routes =>
        {
            routes.MapPost("/minimal", (ProImageToVideoRequest request) => TypedResults.Json(request)).WithFalChecks();
            routes.MapControllers();
        });
        const string Good = """{"prompt":"x","image_url":"https://a.example/b.png","duration":"10","cfg_scale":0.5}""";
        using var good = await PostAsync(app, path, Good);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal("10", JsonDocument.Parse(await good.Content.ReadAsStringAsync()).RootElement.GetProperty("duration").GetString());

        using var wrong = await PostAsync(app, path, """{"prompt":"x","image_url":"https://a.example/b.png","cfg_scale":7}""");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var errors = JsonDocument.Parse(await wrong.Content.ReadAsStringAsync()).RootElement.GetProperty("errors");
        Assert.Contains("7", errors.GetProperty("cfg_scale")[0].GetString(), StringComparison.Ordinal);

        using var malformed = await PostAsync(app, path, """{"prompt":5}""");
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
    }

    private static Task<WebhookApp> StartAsync(Action<WebApplication> routes) => WebhookApp.StartAsync(
        app =>
        {
            app.UseExceptionHandler();
            routes(app);
        },
        services: services =>
        {
            services.AddFalProblemDetails().AddFalJson();
            services.AddControllers().AddApplicationPart(typeof(ClipsController).Assembly);
        });

    private static Task<HttpResponseMessage> PostAsync(WebhookApp app, string path, string json)
        => app.App.Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json, Encoding.UTF8, "application/json"));

    private static string Throw(Exception ex) => throw ex;
}

[ApiController]
public sealed class ClipsController : ControllerBase
{
    [HttpPost("/mvc")]
    public ActionResult<ProImageToVideoRequest> Post(ProImageToVideoRequest request) => request;
}
