using System.Globalization;
using System.Text.Json;
using Fal;
using KlingGen.CrashSample;

// usage: KlingGen.CrashSample <log file> <queue URL> <number of jobs>
var log = new IntentLog(args[0]);
using var fal = new FalClient(new FalClientOptions
{
    Key = "sample-id:sample-secret",
    QueueAddress = new Uri(args[1]),
    AllowHttpOnLoopback = true,
    Polling = FalPolling.Every(TimeSpan.FromMilliseconds(5)),
});
var endpoint = fal.Endpoint("acme/lumen/v1/text-to-clip");
using var input = JsonDocument.Parse("""{"prompt":"a heron at dawn"}""");

await RecoverAsync();
var numbers = Enumerable.Range(0, int.Parse(args[2], CultureInfo.InvariantCulture));
await Parallel.ForEachAsync(numbers, async (_, cancellationToken) => await MakeAsync(input.RootElement, cancellationToken));

// After a start: every job that is known goes on, and every intent without a job is shown to a person. None is sent again.
async Task RecoverAsync()
{
    foreach (var (intent, token) in log.Unfinished())
    {
        if (token is null)
        {
            Console.WriteLine($"Intent {intent} may have become a job: look for tag intent={intent} at https://fal.ai/dashboard.");
            continue;
        }
        await FinishAsync(intent, endpoint.Resume(token), CancellationToken.None);
    }
}

// The order is what matters: the intent, the submit, the token, the result.
async Task MakeAsync(JsonElement request, CancellationToken cancellationToken)
{
    var intent = log.Open();
    var job = await endpoint.SubmitAsync(
        request,
        new FalSubmitOptions
        {
            Tags = new Dictionary<string, string> { ["intent"] = intent },
            OnAccepted = (token, _) =>
            {
                log.Accepted(intent, token);
                return ValueTask.CompletedTask;
            },
        },
        cancellationToken);
    await FinishAsync(intent, job, cancellationToken);
}

async Task FinishAsync(string intent, FalJob<FalRawResult> job, CancellationToken cancellationToken)
{
    var result = await job.GetResultAsync(cancellationToken);
    Console.WriteLine(result.Json);
    log.Close(intent);
}
