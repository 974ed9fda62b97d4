// From a picture to a video. With FAL_KEY in the environment this runs at fal and is charged; without it, an emulator in this process plays fal.
using System.Runtime.InteropServices;
using Fal;
using Fal.Emulation;
using Fal.KlingVideo;
using Quickstart;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var hasKey = Environment.GetEnvironmentVariable("FAL_KEY") is { Length: > 0 };
await using var emulator = hasKey ? null : await FalEmulator.StartAsync(cancellationToken: stop.Token);
var options = emulator?.CreateClientOptions() ?? new FalClientOptions();
Console.WriteLine(hasKey ? "FAL_KEY is set: this runs at fal." : "FAL_KEY is not set: an emulator in this process plays fal.");

try
{
    using var fal = new FalClient(options);
    var endpoint = fal.KlingVideo().V1_6.Standard.ImageToVideo;
    var request = new ImageToVideoRequest
    {
        Prompt = "Snow falls while the car drives off.",
        ImageUrl = FalMedia.FromFile(Path.Combine(AppContext.BaseDirectory, "car.png")),
        Duration = Duration5Or10.Duration5,
    };

    Console.WriteLine("\nA request with wrong values is refused before anything is sent:");
    try
    {
        // Written as constants they would not compile; these come from outside, as a user's would.
        var (cfgScale, prompt) = UserInput();
        await endpoint.RunAsync(request with { CfgScale = cfgScale, Prompt = prompt }, cancellationToken: stop.Token);
    }
    catch (FalValidationException ex)
    {
        foreach (var problem in ex.Problems) Console.WriteLine($"  {problem.Property}: {problem.Message}");
    }

    Console.WriteLine("\nThe right one is queued, with the picture uploaded on the way:");
    var job = await endpoint.SubmitAsync(request, cancellationToken: stop.Token);
    var token = job.ToToken().ToString();
    Console.WriteLine($"  job {job.RequestId}: {job.LastStatus}\n  token {token[..32]}…, {token.Length} characters without a key in them");

    Console.WriteLine("\nAnother client, as it might be in another process tomorrow, goes on from the token:");
    using var tomorrow = new FalClient(options);
    var resumed = tomorrow.KlingVideo().V1_6.Standard.ImageToVideo.Resume(FalJobToken.Parse(token));
    var wait = new FalWaitOptions { StatusStream = true, CancelJobOnCancellation = true };
    using (var view = new JobView())
    {
        await foreach (var update in resumed.WatchAsync(wait, stop.Token)) view.Show(update);
    }
    var result = await resumed.GetResultAsync(wait, stop.Token);
    var target = args is [var given] ? given : Path.Combine(AppContext.BaseDirectory, "car.mp4");
    var path = await result.Video.SaveAsync(target, cancellationToken: stop.Token);
    Console.WriteLine($"COMPLETED {path}");
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.WriteLine("Stopped. A job that was under way has been asked to stop as well.");
    return 130;
}
catch (FalException ex)
{
    Console.Error.WriteLine(ex.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static (double CfgScale, string Prompt) UserInput() => (1.5, new string('x', 3000));
