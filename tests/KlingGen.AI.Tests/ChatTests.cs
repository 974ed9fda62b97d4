using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fal.Tests;

/// <summary>A chat client that lets a model call an endpoint, over Microsoft.Extensions.AI's own function invocation and telemetry.</summary>
public sealed class ChatTests
{
    private const string Source = "Experimental.Microsoft.Extensions.AI";

    /// <summary>A model that asks for one more video each time it is asked.</summary>
    private sealed class EagerModel : IChatClient
    {
        private int _calls;

        public List<object?> Results { get; } = [];

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Results.AddRange(messages.Last().Contents.OfType<FunctionResultContent>().Select(content => content.Exception ?? content.Result));
            var tool = Assert.IsAssignableFrom<AIFunction>(Assert.Single(options!.Tools!));
            var arguments = new Dictionary<string, object?> { ["prompt"] = "A heron.", ["duration"] = "5" };
            var call = new FunctionCallContent($"call-{++_calls}", tool.Name, arguments);
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [call])));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public void Dispose()
        {
        }
    }

    [Fact]
    public async Task A_model_stops_at_the_limit_and_the_telemetry_shows_it()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var handler = new FalTestHandler(run => run.InQueue().CompleteJson("""{"video":{"url":"https://files.example/heron.mp4"}}"""));
        using var fal = FalTesting.CreateClient(handler);
        var function = fal.KlingVideo().V2_1.Master.TextToVideo.AsAIFunction(new() { MaxCost = 3 });
        using var model = new EagerModel();
        using var chat = model.AsBuilder()
            .UseFunctionInvocation(configure: client => client.MaximumConsecutiveErrorsPerRequest = 0).UseOpenTelemetry().Build();

        // Two videos at 1.40 fit, the third does not.
        var error = await Assert.ThrowsAsync<FalCostLimitException>(() => chat.GetResponseAsync("Make herons.", new() { Tools = [function] }));

        Assert.Equal(0.2m, error.Remaining);
        Assert.Equal(2, handler.Runs.Count);
        Assert.Equal(["A heron.", "A heron."], handler.Runs.Select(run => run.Input.GetProperty("prompt").GetString()));
        Assert.Equal(2, model.Results.Count);
        var tools = activities.Where(activity => activity.DisplayName == "execute_tool " + function.Name).ToArray();
        Assert.Equal(3, tools.Length);
        Assert.Equal([null, null, typeof(FalCostLimitException).FullName], tools.Select(tool => tool.GetTagItem("error.type")));
        Assert.Equal(ActivityStatusCode.Error, tools[2].Status);
    }
}
