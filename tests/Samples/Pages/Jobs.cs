using Fal;
using Fal.KlingVideo;

namespace KlingGen.Samples;

internal sealed class Jobs(FalClient fal)
{
    public async Task SubmitAsync(ProImageToVideoRequest request, CancellationToken cancellationToken)
    {
        var endpoint = fal.KlingVideo().V1_6.Pro.ImageToVideo;

        var job = await endpoint.SubmitAsync(request, cancellationToken: cancellationToken);
        await foreach (var update in job.WatchAsync(cancellationToken: cancellationToken))
        {
            Console.WriteLine(update.Status);
            foreach (var line in update.NewLogs) Console.WriteLine(line.Message);
        }
        var result = await job.GetResultAsync(cancellationToken);
        await result.Video.SaveAsync("car.mp4", cancellationToken: cancellationToken);
    }

    public async Task<string> StartAsync(ProImageToVideoRequest request)
    {
        var job = await fal.KlingVideo().V1_6.Pro.ImageToVideo.SubmitAsync(request);
        return job.ToToken().ToString();
    }

    public async Task FinishAsync(string text)
    {
        var job = fal.KlingVideo().V1_6.Pro.ImageToVideo.Resume(FalJobToken.Parse(text));
        var result = await job.GetResultAsync();
        await result.Video.SaveAsync("car.mp4");
    }

    public async Task StopAsync(FalJob<I2VOutput> job)
    {
        FalCancelOutcome outcome = await job.CancelAsync();
        Console.WriteLine(outcome == FalCancelOutcome.AlreadyCompleted ? "It was done already." : "It stops.");
    }

    public async Task<I2VOutput> WithDeadlineAsync(FalJob<I2VOutput> job, CancellationToken cancellationToken)
    {
        var options = new FalWaitOptions
        {
            Deadline = TimeSpan.FromMinutes(10),
            CancelJobOnDeadline = true,
            CancelJobOnCancellation = true,
        };
        return await job.GetResultAsync(options, cancellationToken);
    }

    public async Task<I2VOutput> WithOptionsAsync(ProImageToVideoRequest request)
    {
        var options = new FalSubmitOptions
        {
            Priority = FalPriority.Low,
            StartTimeout = TimeSpan.FromMinutes(5),
            MaxQueueLength = 20,
            Tags = new Dictionary<string, string> { ["order"] = "4711" },
            Webhook = new Uri("https://example.com/hooks/fal"),
        };
        return await fal.KlingVideo().V1_6.Pro.ImageToVideo.RunAsync(request, options);
    }
}
