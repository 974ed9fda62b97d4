using System.Net;
using System.Text.Json;

namespace Fal.Tests;

/// <summary>An endpoint as an <see cref="AIFunction"/>: its schema, its checks, its limits.</summary>
public sealed class FunctionTests : IDisposable
{
    private const string Result = """{"video":{"url":"https://files.example/a.mp4"}}""";

    private static readonly AIFunctionArguments Snow = new() { ["prompt"] = "Snow." };

    private readonly FalTestHandler _handler = new(run => run.CompleteJson(Result));

    public void Dispose() => _handler.Dispose();

    private static AIFunction Function(FalTestHandler handler, FalAIFunctionOptions options)
        => FalTesting.CreateClient(handler).KlingVideo().V2_1.Master.TextToVideo.AsAIFunction(options);

    private static async Task<JsonElement> InvokeAsync(AIFunction function, AIFunctionArguments arguments)
        => Assert.IsType<JsonElement>(await function.InvokeAsync(arguments));

    [Fact]
    public void AsAIFunction_without_a_limit_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Function(_handler, new()));
        Assert.Contains("MaxCost", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Function(_handler, new() { Approve = (_, _) => new(true) }));
        Assert.Throws<ArgumentException>(() => Function(_handler, new() { MaxCalls = 0 }));
        Assert.Throws<ArgumentException>(() => Function(_handler, new() { MaxCost = -1 }));
    }

    [Fact]
    public void The_schema_is_that_of_the_document_with_its_overlay()
    {
        var function = Function(_handler, new() { MaxCalls = 1 });
        Assert.Equal("kling-video_v2_1_master_text-to-video", function.Name);
        Assert.StartsWith("Runs fal-ai/kling-video/v2.1/master/text-to-video on fal.ai", function.Description, StringComparison.Ordinal);
        var schema = function.JsonSchema;
        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.Equal(2500, schema.GetProperty("properties").GetProperty("prompt").GetProperty("maxLength").GetInt32());
        var durations = schema.GetProperty("properties").GetProperty("duration").GetProperty("enum");
        Assert.Equal(["5", "10"], durations.EnumerateArray().Select(value => value.GetString()));
        Assert.DoesNotContain("x-fal", schema.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_sends_the_arguments_and_returns_the_result()
    {
        var arguments = new AIFunctionArguments { ["prompt"] = JsonSerializer.SerializeToElement("Snow."), ["cfg_scale"] = 0.25 };
        var result = await InvokeAsync(Function(_handler, new() { MaxCost = 5 }), arguments);
        Assert.Equal("https://files.example/a.mp4", result.GetProperty("video").GetProperty("url").GetString());
        var run = Assert.Single(_handler.Runs);
        Assert.Equal("""{"prompt":"Snow.","cfg_scale":0.25}""", run.Input.GetRawText());
    }

    [Theory]
    [InlineData("""{"prompt":"Snow.","length":5}""", "'length' is not an argument")]
    [InlineData("""{"duration":"5"}""", "'prompt' is required.")]
    [InlineData("""{"prompt":"Snow.","cfg_scale":1.5}""", "'cfg_scale' must be between 0 and 1, not 1.5")]
    [InlineData("""{"prompt":["Snow."]}""", "prompt")]
    [InlineData("""{"prompt":null}""", "prompt")]
    [InlineData("""{"prompt":"Snow.","duration":5}""", "duration")]
    [InlineData("""{"prompt":"Snow.","cfg_scale":1e999}""", "cfg_scale")]
    [InlineData("""{"prompt":{"text":"a","text":"b"}}""", "prompt")]
    [InlineData("""{"prompt":"Snow.","duration":"7"}""", "duration")]
    public async Task Wrong_arguments_go_back_to_the_model(string arguments, string expected)
    {
        var function = Function(_handler, new() { MaxCost = 5, MaxCalls = 1 });
        var answer = await InvokeAsync(function, new(JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!));
        Assert.Contains("Nothing was sent", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        var problems = answer.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!);
        Assert.Contains(problems, problem => problem.Contains(expected, StringComparison.Ordinal));
        Assert.Empty(_handler.Runs);
        await function.InvokeAsync(Snow);
        Assert.Single(_handler.Runs);
    }

    [Fact]
    public async Task MaxCost_counts_all_calls_and_refuses_the_one_that_would_pass_it()
    {
        // Five seconds cost 1.40.
        var function = Function(_handler, new() { MaxCost = 3m });
        await function.InvokeAsync(Snow);
        await function.InvokeAsync(Snow);
        var error = await Assert.ThrowsAsync<FalCostLimitException>(async () => await function.InvokeAsync(Snow));
        Assert.Equal(0.2m, error.Remaining);
        Assert.Equal(2, _handler.Runs.Count);
    }

    [Fact]
    public async Task MaxCost_refuses_an_unknown_price()
    {
        using var fal = FalTesting.CreateClient(_handler, options => options.Prices = new FalPriceList());
        var function = fal.KlingVideo().V2_1.Master.TextToVideo.AsAIFunction(new() { MaxCost = 100 });
        var error = await Assert.ThrowsAsync<FalCostLimitException>(async () => await function.InvokeAsync(Snow));
        Assert.False(error.Estimate.IsKnown);
        Assert.Empty(_handler.Runs);
    }

    [Fact]
    public async Task MaxCalls_refuses_one_call_more()
    {
        var function = Function(_handler, new() { MaxCalls = 2 });
        await function.InvokeAsync(Snow);
        await function.InvokeAsync(Snow);
        var error = await Assert.ThrowsAsync<FalCallLimitException>(async () => await function.InvokeAsync(Snow));
        Assert.Equal(2, error.Limit);
        Assert.Equal(2, _handler.Runs.Count);
    }

    [Fact]
    public async Task Concurrent_calls_do_not_pass_the_limit()
    {
        var function = Function(_handler, new() { MaxCost = 2.8m });
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await function.InvokeAsync(Snow);
                return true;
            }
            catch (FalCostLimitException)
            {
                return false;
            }
        })));
        Assert.Equal(2, calls.Count(sent => sent));
        Assert.Equal(2, _handler.Runs.Count);
    }

    [Fact]
    public async Task A_call_that_fal_refuses_gives_its_reservation_back()
    {
        var handler = new FalTestHandler(run => run.Refuse(HttpStatusCode.Unauthorized));
        var function = Function(handler, new() { MaxCost = 1.4m, MaxCalls = 1 });
        await Assert.ThrowsAsync<FalAuthenticationException>(async () => await function.InvokeAsync(Snow));
        await Assert.ThrowsAsync<FalAuthenticationException>(async () => await function.InvokeAsync(Snow));
    }

    [Fact]
    public async Task A_job_that_fails_keeps_its_reservation()
    {
        var handler = new FalTestHandler(run => run.Fail());
        var function = Function(handler, new() { MaxCost = 1.4m });
        await Assert.ThrowsAsync<FalJobFailedException>(async () => await function.InvokeAsync(Snow));
        await Assert.ThrowsAsync<FalCostLimitException>(async () => await function.InvokeAsync(Snow));
    }

    [Fact]
    public async Task Approve_sees_the_request_and_its_cost_and_declines()
    {
        var asked = new List<FalAIFunctionCall>();
        var function = Function(_handler, new()
        {
            MaxCost = 1.4m,
            Approve = (call, _) =>
            {
                asked.Add(call);
                return new(asked.Count > 1);
            },
        });
        var answer = await InvokeAsync(function, Snow);
        Assert.Contains("declined", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Runs);
        await function.InvokeAsync(Snow);
        Assert.Single(_handler.Runs);
        Assert.Equal(1.4m, asked[0].Cost.Amount);
        Assert.Equal(0m, asked[0].RemainingCost);
        Assert.Equal("Snow.", asked[0].Request.GetProperty("prompt").GetString());
    }

    [Fact]
    public void GetService_finds_the_client_and_the_endpoint()
    {
        using var fal = FalTesting.CreateClient(_handler);
        var function = fal.KlingVideo().V2_1.Master.TextToVideo.AsAIFunction(new() { MaxCalls = 1, Name = "clip", Description = "Makes a clip." });
        Assert.Same(fal, function.GetService<FalClient>());
        Assert.NotNull(function.GetService<KlingVideo.KlingVideoV21MasterTextToVideoClient>());
        Assert.Equal(("clip", "Makes a clip."), (function.Name, function.Description));
    }

    [Fact]
    public async Task An_endpoint_without_a_document_takes_a_schema_by_hand()
    {
        using var fal = FalTesting.CreateClient(_handler);
        var endpoint = fal.Endpoint("acme/very-long-application-name/with/a/path/that/goes/on/for/a/while");
        var function = endpoint.AsAIFunction("""{"type":"object"}""", new() { MaxCalls = 1 });
        Assert.Equal(64, function.Name.Length);
        Assert.EndsWith("_goes_on_for_a_while", function.Name, StringComparison.Ordinal);
        await function.InvokeAsync(new() { ["anything"] = new[] { 1, 2 } });
        Assert.Equal("""{"anything":[1,2]}""", _handler.Runs[0].Input.GetRawText());
    }
}
