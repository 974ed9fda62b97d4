using Fal.AspNetCore;
using Fal.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Samples.Machine;

internal static class Hosted
{
    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFal();
        builder.Services.AddFalPostgreSqlLedger(options => options.ConnectionString = builder.Configuration.GetConnectionString("jobs"));
        builder.Services.AddFalWebhooks();
        builder.Services.AddFalJobs(services => new FalJobRunnerOptions
        {
            Saver = new FalFolderSaver("/mnt/results"),
            WebhookUrl = entry => services.GetRequiredService<FalWebhooks>().UrlFor("jobs", entry.EndpointId, entry.SubmitId),
        });

        var app = builder.Build();
        var runner = app.Services.GetRequiredService<FalJobRunner>();
        app.MapFalWebhook("/hooks/jobs", (call, stop) => runner.RecordWebhookAsync(call.LedgerId!, call.Webhook, stop)).WithName("jobs");
        await app.RunAsync();
    }
}
