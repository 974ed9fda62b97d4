// A silo that works on batches of fal jobs, with a route for webhooks, one for orders, and the dashboard.
using System.Net;
using System.Text.Json;
using Fal;
using Fal.AspNetCore;
using Fal.Jobs;
using Orleans.Configuration;
using Orleans.Dashboard;

var builder = WebApplication.CreateBuilder(args);
var database = builder.Configuration.GetConnectionString("jobs")!;
var folder = builder.Configuration["Films"] ?? "films";

builder.Services.AddFal();                                 // the key comes from FAL_KEY
builder.Services.AddFalWebhooks();                         // reads the section Fal of the configuration
builder.Services.AddFalPostgreSqlLedger(options => options.ConnectionString = database);

builder.UseOrleans(silo => silo
    .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", database))
    .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = ("Npgsql", database))
    .AddFalJobs(services => new FalJobRunnerOptions { Saver = new FalFolderSaver(folder), WebhookUrl = WebhookUrl(services) })
    .AddDashboard());

// Silos of one machine find each other over loopback. How soon a silo counts as dead is in the section Membership.
builder.Services.Configure<EndpointOptions>(options => options.AdvertisedIPAddress = IPAddress.Loopback);
builder.Services.Configure<ClusterMembershipOptions>(builder.Configuration.GetSection("Membership"));

await OrleansTables.CreateAsync(database);

var app = builder.Build();

var grains = app.Services.GetRequiredService<IGrainFactory>();
app.MapFalWebhook("/hooks/jobs", (call, _) => grains.RecordFalWebhookAsync(call.LedgerId!, call.RequestId)).WithName("jobs");

app.MapPost("/orders/{order}", async (string order, JsonElement input, IFalLedger ledger, CancellationToken cancellationToken) =>
{
    await ledger.AddBatchAsync("films", new FalJobPolicy { Window = 40 }, cancellationToken);
    await ledger.AddAsync([new FalNewEntry("films", order, "fal-ai/kling-video/v3/pro/text-to-video", input)], cancellationToken);
    return TypedResults.Accepted($"/orders/{order}");
});

app.MapGet("/orders/{order}", async (string order, IFalLedger ledger, CancellationToken cancellationToken) =>
{
    var entry = await ledger.FindAsync(FalNewEntry.GetId("films", order), cancellationToken);
    return entry is null ? Results.NotFound() : Results.Ok(new { state = entry.State.ToString(), entry.Reason, entry.Files });
});

app.MapOrleansDashboard("/dashboard");

await app.RunAsync();

// fal reaches webhooks only where the app has a public URL; without one the jobs are polled.
Func<FalLedgerEntry, Uri?> WebhookUrl(IServiceProvider services)
    => entry => builder.Configuration["Fal:PublicBaseUrl"] is null
        ? null : services.GetRequiredService<FalWebhooks>().UrlFor("jobs", entry.EndpointId, entry.SubmitId);
