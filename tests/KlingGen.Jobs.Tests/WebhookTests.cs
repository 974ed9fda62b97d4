using System.Net;
using System.Text;
using System.Text.Json;
using Fal.AspNetCore;
using Fal.Emulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fal.Jobs.Tests;

/// <summary>The webhook of an entry through the routes of KlingGen.AspNetCore: no status is asked for.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Endpoint = "fal-ai/kling-video/v1.6/pro/text-to-video";
    private const string Video = """{"video":{"url":"https://files.invalid/clip.mp4"}}""";

    private readonly FalMemoryLedger _ledger = new();
    private FalEmulator _emulator = null!;
    private WebApplication _app = null!;

    private FalJobRunner Runner => _app.Services.GetRequiredService<FalJobRunner>();

    public async Task InitializeAsync()
    {
        _emulator = await FalEmulator.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_ => _emulator.CreateClient());
        builder.Services.AddSingleton(services => new FalJobRunner(
            services.GetRequiredService<FalClient>(), _ledger, new FalJobRunnerOptions { Saver = new NameSaver() }));
        builder.Services.AddFalWebhooks(options => options.PublicBaseUrl = new Uri("https://app.example.com"));
        _app = builder.Build();
        _app.MapFalWebhook("/hooks/jobs", (call, stop) => Runner.RecordWebhookAsync(call.LedgerId!, call.Webhook, stop)).WithName("jobs");
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task A_webhook_finishes_its_entry_without_a_poll()
    {
        var once = await SubmitAsync("order-1");
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(once.Entry, once.Job!.RequestId, Video));
        var entry = (await _ledger.FindAsync(once.Entry.Id))!;
        Assert.Equal(FalLedgerState.Finished, entry.State);
        Assert.Equal(Video, entry.Result);
        Assert.True(entry.IsCostEstimated);

        // The runner goes on with the files. A second delivery changes nothing.
        await Runner.RunUntilIdleAsync(FalSubmitOnceOptions.DefaultBatch).WaitAsync(TimeSpan.FromMinutes(2));
        entry = (await _ledger.FindAsync(entry.Id))!;
        Assert.Equal(FalLedgerState.Saved, entry.State);
        Assert.True(await Runner.RecordWebhookAsync(once.Entry.SubmitId!, FalJson.Read<FalWebhook>(Body(once.Job.RequestId, Video))));
        Assert.Equal(entry, await _ledger.FindAsync(entry.Id));
        Assert.Equal(0, _emulator.Received.CountOf(FalOperation.Status));
        Assert.Equal(0, _emulator.Received.CountOf(FalOperation.Result));
    }

    [Fact]
    public async Task A_webhook_resolves_an_entry_whose_answer_was_lost()
    {
        _emulator.Faults.Add(FalOperation.Submit, FalFault.Reset(works: true));
        var once = await SubmitAsync("order-1");
        Assert.Equal(FalLedgerState.Unknown, once.State);
        var requestId = _emulator.Received.One(FalOperation.Submit).RequestId!;
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(once.Entry, requestId, Video));
        var entry = (await _ledger.FindAsync(once.Entry.Id))!;
        Assert.Equal((FalLedgerState.Finished, requestId), (entry.State, entry.RequestId));
    }

    [Fact]
    public async Task A_webhook_without_a_result_leaves_it_to_the_queue()
    {
        var once = await SubmitAsync("order-1");
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(once.Entry, once.Job!.RequestId, "null"));
        var entry = (await _ledger.FindAsync(once.Entry.Id))!;
        Assert.Equal(FalLedgerState.Submitted, entry.State);
        Assert.True(entry.DueAt <= DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_webhook_of_an_earlier_submit_changes_nothing()
    {
        var once = await SubmitAsync("order-1");
        Assert.False(await Runner.RecordWebhookAsync(once.Entry.Id + ".1", FalJson.Read<FalWebhook>(Body("r1", Video))));
        Assert.Equal(FalLedgerState.Submitted, (await _ledger.FindAsync(once.Entry.Id))!.State);
    }

    private async Task<FalOnceJob<FalRawResult>> SubmitAsync(string key)
    {
        using var input = JsonDocument.Parse("""{"prompt":"snow"}""");
        var endpoint = _app.Services.GetRequiredService<FalClient>().Endpoint(Endpoint);
        return await _ledger.SubmitOnceAsync(endpoint, key, new FalRawResult { Json = input.RootElement.Clone() });
    }

    private async Task<HttpStatusCode> DeliverAsync(FalLedgerEntry entry, string requestId, string payload)
    {
        var url = _app.Services.GetRequiredService<FalWebhooks>().UrlFor("jobs", entry.EndpointId, entry.SubmitId);
        var bytes = Encoding.UTF8.GetBytes(Body(requestId, payload));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(_app.Urls.First()), url.PathAndQuery))
        {
            Content = new ByteArrayContent(bytes),
        };
        foreach (var (name, value) in _emulator.WebhookSigner.Sign(bytes, requestId, "emulator-user")) request.Headers.Add(name, value);
        using var http = new HttpClient();
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static string Body(string requestId, string payload)
        => $$"""{"request_id":"{{requestId}}","gateway_request_id":"{{requestId}}","status":"OK","payload":{{payload}}}""";

    private sealed class NameSaver : IFalJobSaver
    {
        public Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<string>>(["clip.mp4"]);
    }
}
