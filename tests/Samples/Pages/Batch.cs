using System.Text.Json;
using Fal;
using Fal.Jobs;
using Fal.KlingVideo;

namespace KlingGen.Samples;

internal static class Batch
{
    public static async Task RunAsync(IEnumerable<(string Order, JsonElement Input)> orders, CancellationToken cancellationToken)
    {
        using var client = new FalClient();
        await using var ledger = await FalSqliteLedger.OpenAsync("films.db", cancellationToken: cancellationToken);
        await ledger.AddBatchAsync("films", new FalJobPolicy { Window = 8, Budget = 200 }, cancellationToken);
        const string Endpoint = "fal-ai/kling-video/v3/pro/text-to-video";
        await ledger.AddAsync([.. orders.Select(film => new FalNewEntry("films", film.Order, Endpoint, film.Input))], cancellationToken);

        var runner = new FalJobRunner(client, ledger, new FalJobRunnerOptions { Saver = new FalFolderSaver("results") });
        var batch = await runner.RunUntilIdleAsync("films", cancellationToken);
        Console.WriteLine(batch);
    }

    public static async Task SubmitOnceAsync(FalClient fal, IFalLedger ledger, string order, ProImageToVideoRequest request)
    {
        var once = await ledger.SubmitOnceAsync(fal.KlingVideo().V1_6.Pro.ImageToVideo, order, request);
        if (once.State == FalLedgerState.Unknown) Console.WriteLine($"A job may be running: {once.Reason}");
        else await (await once.GetResultAsync()).Video.SaveAsync($"{order}.mp4");
    }
}
