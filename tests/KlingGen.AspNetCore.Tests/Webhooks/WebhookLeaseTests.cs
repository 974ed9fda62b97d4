using System.Diagnostics;
using System.Net;
using KlingGen.AspNetCore.Tests.Harness;

namespace KlingGen.AspNetCore.Tests.Webhooks;

public sealed class WebhookLeaseTests
{
    private static readonly Uri Hook = new("/hooks/fal", UriKind.Relative);

    [Fact]
    public async Task A_handler_that_fails_gets_the_next_delivery()
    {
        var calls = 0;
        await using var app = await WebhookApp.StartAsync(routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", (_, _)
            => ++calls == 1 ? throw new InvalidOperationException("the database is down") : Task.CompletedTask));
        Assert.Equal(HttpStatusCode.InternalServerError, await app.DeliverAsync(Hook));
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Hook));
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Hook));
        Assert.Equal(2, calls);
        Assert.Contains(app.App.Log.Own, line => line.Contains("the database is down", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("start")]
    [InlineData("stop")]
    public async Task Exceptions_of_telemetry_listeners_neither_stop_nor_repeat_the_handler(string failing)
    {
        var hook = new Uri($"/hooks/listener-{failing}", UriKind.Relative);
        var (calls, failures) = (0, 0);
        var isMine = new AsyncLocal<bool>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "KlingGen.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
            {
                FailIf("sample");
                return ActivitySamplingResult.AllDataAndRecorded;
            },
            ActivityStarted = _ => FailIf("start"),
            ActivityStopped = _ => FailIf("stop"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = await WebhookApp.StartAsync(routes =>
        {
            routes.Use((context, next) => Mark(next, context));
            routes.MapFalWebhook<FalRawResult>(hook.OriginalString, (_, _) => Task.FromResult(calls++));
        });
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(hook));
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(hook));
        Assert.Equal((1, 1), (calls, failures));

        Task Mark(RequestDelegate next, HttpContext context)
        {
            isMine.Value = true;
            return next(context);
        }

        void FailIf(string step)
        {
            if (!isMine.Value || step != failing) return;
            failures++;
            throw new InvalidOperationException("A listener failed.");
        }
    }

    [Fact]
    public async Task A_delivery_under_a_live_lease_is_503()
    {
        var calls = 0;
        var (entered, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await WebhookApp.StartAsync(routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", async (_, _) =>
        {
            calls++;
            entered.SetResult();
            await goOn.Task;
        }));
        var first = app.DeliverAsync(Hook);
        await entered.Task;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.DeliverAsync(Hook));
        goOn.SetResult();
        Assert.Equal(HttpStatusCode.OK, await first);
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Hook));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task An_expired_lease_of_a_dead_node_is_handled_again()
    {
        var calls = 0;
        await using var app = await WebhookApp.StartAsync(
            routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", (_, _) => Task.FromResult(calls++)));
        await app.App.Services.GetRequiredService<IFalWebhookStore>().TryBeginAsync("r1", TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.DeliverAsync(Hook));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Hook));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_slow_handler_is_cancelled_below_the_limit_of_fal_and_called_again()
    {
        var calls = 0;
        var entered = new TaskCompletionSource();
        await using var app = await WebhookApp.StartAsync(routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", async (_, cancellationToken) =>
        {
            if (++calls > 1) return;
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }));
        var first = app.DeliverAsync(Hook);
        await entered.Task;
        app.Time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await first);
        Assert.Equal(HttpStatusCode.OK, await DeliverUntilHandledAsync(app));
        Assert.Equal(2, calls);
        Assert.Contains(app.App.Log.Own, line => line.Contains("12 seconds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_is_not_started_twice()
    {
        var calls = 0;
        var (entered, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await WebhookApp.StartAsync(routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", async (call, _) =>
        {
            calls++;
            entered.SetResult();
            await goOn.Task;
            // Its scope lives as long as the handler does.
            Assert.NotNull(call.Services.GetRequiredService<FalClient>());
        }));
        var first = app.DeliverAsync(Hook);
        await entered.Task;
        app.Time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await first);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.DeliverAsync(Hook));
        goOn.SetResult();
        Assert.Equal(HttpStatusCode.OK, await DeliverUntilHandledAsync(app));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_store_that_cannot_record_a_success_makes_fal_deliver_again()
    {
        var store = new FailingStore();
        await using var app = await WebhookApp.StartAsync(
            routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", (_, _) => Task.CompletedTask),
            services: services => services.AddSingleton<IFalWebhookStore>(store));
        Assert.Equal(HttpStatusCode.InternalServerError, await app.DeliverAsync(Hook));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(15, 60)]
    [InlineData(12, 12)]
    public async Task MapFalWebhook_refuses_times_that_cannot_work(int handler, int lease)
        => await Assert.ThrowsAsync<ArgumentException>(async () => await WebhookApp.StartAsync(routes => routes.MapFalWebhook<FalRawResult>(
            "/hooks/fal",
            (_, _) => Task.CompletedTask,
            options => (options.HandlerTimeout, options.Lease) = (TimeSpan.FromSeconds(handler), TimeSpan.FromSeconds(lease)))));

    // The outcome of a handler that overran is recorded shortly after its answer.
    private static async Task<HttpStatusCode> DeliverUntilHandledAsync(WebhookApp app)
    {
        for (var attempt = 0; ; attempt++)
        {
            var status = await app.DeliverAsync(Hook);
            if (status != HttpStatusCode.ServiceUnavailable || attempt == 200) return status;
            await Task.Delay(5);
        }
    }

    private sealed class FailingStore : IFalWebhookStore
    {
        public ValueTask<FalWebhookLease> TryBeginAsync(string requestId, TimeSpan lease, CancellationToken cancellationToken = default)
            => new(FalWebhookLease.Granted);

        public ValueTask CompleteAsync(string requestId, CancellationToken cancellationToken = default) => throw new IOException("no connection");

        public ValueTask ReleaseAsync(string requestId, CancellationToken cancellationToken = default) => default;
    }
}
