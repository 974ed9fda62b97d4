using System.Text.Json;
using Fal;
using Fal.Emulation;
using Fal.Jobs;
using Fal.KlingVideo;
using Fal.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace KlingGen.Samples;

/// <summary>The code of the packages' READMEs.</summary>
internal static class Packages
{
    public static async Task<I2VOutput> EmulatorAsync(ProImageToVideoRequest request)
    {
        await using var emulator = await FalEmulator.StartAsync();
        using var fal = emulator.CreateClient();

        var result = await fal.KlingVideo().V1_6.Pro.ImageToVideo.RunAsync(request);
        return result;
    }

    public static async Task JobsAsync(JsonElement input)
    {
        using var client = new FalClient();
        await using var ledger = await FalSqliteLedger.OpenAsync("films.db");                 // package KlingGen.Jobs.Sqlite
        await ledger.AddBatchAsync("films", new FalJobPolicy { Window = 8, Budget = 200 });
        await ledger.AddAsync([new FalNewEntry("films", "order-4711", "fal-ai/kling-video/v3/pro/text-to-video", input)]);

        var runner = new FalJobRunner(client, ledger, new FalJobRunnerOptions { Saver = new FalFolderSaver("results") });
        FalBatch batch = await runner.RunUntilIdleAsync("films");                             // a killed program goes on here
        Console.WriteLine(batch);                                                             // films: running
    }

    public static async Task<FalBatch> SqliteAsync()
    {
        await using var ledger = await FalSqliteLedger.OpenAsync("films.db");
        var batch = await ledger.AddBatchAsync("films", new FalJobPolicy { Window = 8, Budget = 200 });
        return batch;
    }

    public static void PostgreSql(IHostApplicationBuilder builder)
    {
        builder.Services.AddFalPostgreSqlLedger(options =>
            options.ConnectionString = builder.Configuration.GetConnectionString("jobs"));
    }

    public static async Task OrderAsync(NpgsqlConnection connection, FalPostgreSqlLedger ledger, string endpointId, JsonElement input)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        // insert the order
        await ledger.Join(transaction).AddAsync([new FalNewEntry("films", "order-4711", endpointId, input)]);
        await transaction.CommitAsync();                     // the order and its job, or neither
    }

    public static async Task PlatformAsync()
    {
        using var fal = new FalClient();                     // FAL_KEY, and FAL_ADMIN_KEY for the calls that need it

        await foreach (var model in fal.Platform.ListModelsAsync(new FalModelQuery { Search = "kling", Category = "image-to-video" }))
            Console.WriteLine(model);                        // fal-ai/kling-video/v2.6/pro/image-to-video (image-to-video)

        await foreach (var row in fal.Platform.SummarizeUsageAsync(new FalSpendQuery { Start = DateTimeOffset.UtcNow.AddDays(-7) }))
            Console.WriteLine(row);                          // fal-ai/kling-video/v2.6/pro/image-to-video: 12.6 USD

        Console.WriteLine(await fal.Platform.GetBalanceAsync());
    }

    public static FalJob<I2VOutput> Testing(I2VOutput result)
    {
        using var fal = FalTesting.CreateClient(run => run.InQueue(2).InProgress("Loading").Complete(result));
        var job = FalTesting.Job(result);                   // for code that takes a job
        return job;
    }

    public static async Task<int> WebhookAsync(
        FalClient fal, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        using var verifier = new FalWebhookVerifier(fal);    // create one and reuse it: it caches fal's public keys

        var delivery = await verifier.VerifyAsync(body, headers, cancellationToken);
        if (!delivery.IsValid) return delivery.Verdict == FalWebhookVerdict.KeysUnavailable ? 503 : 401;

        var webhook = delivery.Read();
        var result = webhook.ReadPayload<I2VOutput>();       // throws FalJobFailedException if the job failed
        Console.WriteLine(result.Video.Url);
        return 200;
    }
}
