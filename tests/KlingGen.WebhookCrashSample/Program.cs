using Fal;
using KlingGen.WebhookCrashSample;

// usage: KlingGen.WebhookCrashSample <url> <log file> <inbox file or "-"> <"stall" or "go">
// The addresses of the emulator come from FAL_QUEUE_ADDRESS and its like, the key from FAL_KEY. A test kills this process while the handler stalls.
var (url, log, inbox, stalls) = (args[0], args[1], args[2], args[3] == "stall");
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(url);
builder.Services.AddSingleton(_ => new FalClient());
if (inbox != "-") builder.Services.AddSingleton<IFalWebhookInbox>(_ => new FileInbox(inbox));
builder.Services.AddFalWebhooks(options => options.PublicBaseUrl = new Uri(url));
var app = builder.Build();
app.MapFalWebhook<FalRawResult>("/hooks/fal", HandleAsync, options => options.Background = inbox != "-").WithName("fal");
await app.StartAsync();
await WriteAsync("started");
await app.WaitForShutdownAsync();

async Task HandleAsync(Fal.AspNetCore.FalWebhookCall<FalRawResult> call, CancellationToken cancellationToken)
{
    await WriteAsync("begin " + call.RequestId);
    if (stalls) await Task.Delay(Timeout.Infinite, cancellationToken);
    await WriteAsync("handled " + call.RequestId);
}

Task WriteAsync(string line) => File.AppendAllTextAsync(log, line + "\n");
