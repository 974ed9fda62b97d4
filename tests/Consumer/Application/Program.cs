using System.Diagnostics;
using Fal;
using Fal.KlingVideo;
using Fal.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// Everything that the packages offer, over a fal in memory; published as native code as well.
const string Result = """{"video":{"url":"https://files.example/heron.mp4"}}""";
using var handler = new FalTestHandler(run => run.InQueue(1).InProgress("Loading").CompleteJson(Result, 5));
var spans = new List<string>();
using var listener = new ActivityListener
{
    ShouldListenTo = source => source.Name == FalDiagnostics.ActivitySourceName,
    Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    ActivityStopped = span => spans.Add(span.DisplayName),
};
ActivitySource.AddActivityListener(listener);
var services = new ServiceCollection();
services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
{
    ["ConnectionStrings:fal"] = "Key=consumer:secret",
    ["Fal:Polling:Shortest"] = "00:00:00.001",
    ["Fal:Polling:Pace"] = "0",
    ["Fal:TeamB:Key"] = "team-b:secret",
}).Build());
using var log = new EventLog();
services.AddLogging(logging => logging.AddProvider(log));
services.AddFal().AddKeyProvider<Tenants>().HttpClient.ConfigurePrimaryHttpMessageHandler(() => handler);
services.AddKeyedFal("team-b", "Fal:TeamB").HttpClient.ConfigurePrimaryHttpMessageHandler(() => handler);
services.AddFalClients().AddFalClients("team-b").AddSingleton<Clips>();
services.AddHealthChecks().AddFal();

await using var provider = services.BuildServiceProvider();
provider.GetRequiredService<IStartupValidator>().Validate();
Expect(await provider.GetRequiredService<Clips>().MakeAsync() == "https://files.example/heron.mp4", "the clip's URL");
var teamB = provider.GetRequiredKeyedService<KlingVideoV26ProTextToVideoClient>("team-b");
Expect((await teamB.RunAsync(new() { Prompt = "A heron." })).Call?.BillableUnits == 5, "what the clip cost");
var tenant = await provider.GetRequiredService<IFalClientFactory>().ForTenantAsync("c");
var submitted = await new KlingVideoV26ProTextToVideoClient(tenant).SubmitAsync(new() { Prompt = "A heron." });
Expect(submitted.RequestId.Length > 0, "a request id");
Expect(handler.Runs.Count == 3, "three runs");
var health = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
Expect(health.Status == HealthStatus.Healthy, "a healthy fal");
Expect(log.Events.Contains("JobSubmitted") && log.Events.Contains("JobCompleted"), "log events");
Expect(spans.Exists(span => span.StartsWith("generate_content ", StringComparison.Ordinal)), "a span of the job");
var job = FalTesting.Job(new FalFile { Url = "https://files.example/a.mp4" });
Expect((await job.GetResultAsync()).Url == "https://files.example/a.mp4", "a job for a test");

Console.WriteLine("The consumer of KlingGen.Extensions and KlingGen.Testing works.");

static void Expect(bool holds, string what)
{
    if (!holds) throw new InvalidOperationException("Expected " + what + ".");
}

internal sealed class Clips(KlingVideoV26ProTextToVideoClient client)
{
    public async Task<string> MakeAsync() => (await client.RunAsync(new() { Prompt = "A heron at dawn." })).Video.Url;
}

internal sealed class Tenants : IFalKeyProvider
{
    public ValueTask<string> GetKeyAsync(string tenant, CancellationToken cancellationToken = default) => ValueTask.FromResult(tenant + ":secret");
}

internal sealed class EventLog : ILoggerProvider, ILogger
{
    public HashSet<string?> Events { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Events) Events.Add(eventId.Name);
    }

    public void Dispose()
    {
    }
}
