using Fal;
using Fal.KlingVideo;

namespace ClipWorker;

/// <summary>
/// Makes one clip after the other. While a job runs, its token is in a file, so a process that is stopped and started again waits for the same job
/// instead of paying for another.
/// </summary>
internal sealed class ClipService(FalClient fal, IConfiguration configuration, IHostApplicationLifetime lifetime) : BackgroundService
{
    // Shorter than HostOptions.ShutdownTimeout, which is 30 s: a stop during a submit waits for its answer and the token.
    private static readonly TimeSpan SubmitLimit = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var prompt in Directory.GetFiles(configuration["folder"] ?? ".", "*.txt").Order(StringComparer.Ordinal))
        {
            stoppingToken.ThrowIfCancellationRequested();
            var clip = Path.ChangeExtension(prompt, ".mp4");
            if (!File.Exists(clip)) await MakeAsync(prompt, clip, stoppingToken);
        }
        lifetime.StopApplication();
    }

    private async Task MakeAsync(string prompt, string clip, CancellationToken stoppingToken)
    {
        var endpoint = fal.KlingVideo().V2_6.Pro.TextToVideo;
        var tokenFile = Path.ChangeExtension(prompt, ".token");
        var job = File.Exists(tokenFile)
            ? endpoint.Resume(FalJobToken.Parse(await File.ReadAllTextAsync(tokenFile, stoppingToken)))
            : await SubmitAsync(endpoint, await File.ReadAllTextAsync(prompt, stoppingToken), tokenFile);
        // From here on the stop may come at any time: the job goes on at fal, and the token is kept.
        var result = await job.GetResultAsync(stoppingToken);
        await result.Video.SaveAsync(clip, cancellationToken: stoppingToken);
        File.Delete(tokenFile);
    }

    // Without the stopping token: a submit that is cut off may have been paid, and its id would be lost.
    private static async Task<FalJob<TextToVideoV26ProOutput>> SubmitAsync(
        KlingVideoV26ProTextToVideoClient endpoint, string prompt, string tokenFile)
    {
        using var limit = new CancellationTokenSource(SubmitLimit);
        var options = new FalSubmitOptions
        {
            OnAccepted = (token, _) => new ValueTask(File.WriteAllTextAsync(tokenFile, token.ToString(), CancellationToken.None)),
        };
        return await endpoint.SubmitAsync(new() { Prompt = prompt }, options, limit.Token);
    }
}
