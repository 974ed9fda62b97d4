using System.Text.Json.Nodes;
using Fal.Emulation;
using KlingGen.Interop.Tests.Harness;

namespace KlingGen.Interop.Tests.Official;

/// <summary>fal's own client reads the emulator's errors as fal's.</summary>
[Collection(OfficialClient.Collection)]
public sealed class ErrorTests(OfficialClient official) : IAsyncLifetime
{
    private const string Endpoint = "fal-ai/kling-video/v1.6/standard/text-to-video";
    private static readonly object Wrong = new { duration = "7", cfg_scale = 1.5 };
    private static readonly object Right = new { prompt = "Snow falls." };

    private FalEmulator _fal = null!;
    private PlayedHosts _hosts = null!;

    public async Task InitializeAsync()
    {
        _fal = await FalEmulator.StartAsync();
        _fal.Script.For("**", FalEmulatedRun.Instant);
        _hosts = PlayedHosts.Of(_fal);
    }

    public async Task DisposeAsync() => await _fal.DisposeAsync();

    [OfficialClientFact]
    public async Task A_wrong_direct_run_is_a_validation_error_that_names_each_field()
    {
        var error = await ErrorOfAsync("run", new { input = Wrong });

        AssertNamesEachField(error);
        Assert.Equal(_fal.Received.One(FalOperation.Run).RequestId, error.RequestId);
    }

    [OfficialClientFact]
    public async Task A_wrong_job_is_queued_and_its_result_is_the_validation_error()
    {
        var requestId = await SubmitAsync(Wrong);

        AssertNamesEachField(await ErrorOfAsync("result", new { requestId }));
    }

    [OfficialClientFact]
    public async Task A_refusal_of_the_model_names_the_field()
    {
        FailNext(FalEmulatedFailure.ByModel("content_policy_violation", "No snow today.", property: "prompt"));
        var requestId = await SubmitAsync(Right);

        var error = await ErrorOfAsync("result", new { requestId });

        var field = Assert.Single(error.FieldErrors!)!;
        Assert.Equal(("ValidationError", "content_policy_violation", "prompt"), (error.Name, (string)field["type"]!, (string)field["loc"]![1]!));
        Assert.Equal("No snow today.", (string)field["msg"]!);
    }

    [OfficialClientFact]
    public async Task A_failure_of_the_model_has_its_status_and_body()
    {
        FailNext(FalEmulatedFailure.ByModel("internal_server_error", "The model broke.", statusCode: 500));
        var requestId = await SubmitAsync(Right);

        var error = await ErrorOfAsync("result", new { requestId });

        Assert.Equal(("ApiError", 500, requestId), (error.Name, error.Status, error.RequestId));
        Assert.Equal("The model broke.", (string)error.Body!["detail"]![0]!["msg"]!);
    }

    [OfficialClientFact]
    public async Task A_failure_of_fal_shows_in_the_status_and_in_the_result()
    {
        FailNext(FalEmulatedFailure.ByFal("runner_server_error", "The runner broke."));
        var requestId = await SubmitAsync(Right);

        var status = (await CallAsync("status", new { requestId }))!;
        var error = await ErrorOfAsync("result", new { requestId });

        Assert.Equal(("COMPLETED", "runner_server_error"), ((string)status["status"]!, (string)status["error_type"]!));
        Assert.Equal((500, "The runner broke."), (error.Status, (string)error.Body!["detail"]!));
        Assert.Equal("runner_server_error", (string)error.Body["error_type"]!);
    }

    [OfficialClientTheory]
    [InlineData("submit")]
    [InlineData("run")]
    [InlineData("stream")]
    public async Task An_endpoint_that_does_not_exist_is_not_found(string call)
    {
        var error = await Assert.ThrowsAsync<OfficialClientException>(
            () => official.CallAsync(_hosts, call, new { endpoint = "fal-ai/no-such-app/v1", options = new { input = Right } }));

        Assert.Equal(("ApiError", 404), (error.Name, error.Status));
        Assert.NotNull((string?)error.Body!["detail"]);
    }

    [OfficialClientTheory]
    [InlineData("status")]
    [InlineData("result")]
    [InlineData("cancel")]
    [InlineData("streamStatus")]
    public async Task A_job_that_does_not_exist_is_not_found(string call)
    {
        var error = await ErrorOfAsync(call, new { requestId = "0197a000-0000-7000-8000-000000000000" });

        Assert.Equal(("ApiError", 404), (error.Name, error.Status));
    }

    [OfficialClientTheory]
    [InlineData("submit")]
    [InlineData("status")]
    [InlineData("result")]
    [InlineData("cancel")]
    [InlineData("streamStatus")]
    [InlineData("run")]
    [InlineData("stream")]
    public async Task A_wrong_key_is_refused(string call)
    {
        var requestId = await SubmitAsync(Right);
        var stranger = _hosts with { Key = "another:key" };

        var order = new { endpoint = Endpoint, options = new { requestId, input = Right } };

        var error = await Assert.ThrowsAsync<OfficialClientException>(() => official.CallAsync(stranger, call, order));

        Assert.Equal(("ApiError", 401), (error.Name, error.Status));
        Assert.NotNull((string?)error.Body!["detail"]);
    }

    private static void AssertNamesEachField(OfficialClientException error)
    {
        Assert.Equal(("ValidationError", 422), (error.Name, error.Status));
        var fields = error.FieldErrors!.Select(field => $"{string.Join('.', field!["loc"]!.AsArray())} {field["type"]}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(["body.cfg_scale less_than_equal", "body.duration one_of", "body.prompt missing"], fields);
    }

    private void FailNext(FalEmulatedFailure failure) => _fal.Script.Next(FalEmulatedRun.Instant with { Failure = failure });

    private Task<JsonNode?> CallAsync(string call, object options) => official.CallAsync(_hosts, call, new { endpoint = Endpoint, options });

    private Task<OfficialClientException> ErrorOfAsync(string call, object options)
        => Assert.ThrowsAsync<OfficialClientException>(() => CallAsync(call, options));

    private async Task<string> SubmitAsync(object input) => (string)(await CallAsync("submit", new { input }))!["request_id"]!;
}
