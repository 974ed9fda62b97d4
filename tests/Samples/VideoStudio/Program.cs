using Fal;
using Fal.AspNetCore;
using Fal.Emulation;
using Fal.KlingVideo;
using Microsoft.Extensions.Options;
using VideoStudio;

var builder = WebApplication.CreateBuilder(args);

// Without a key, fal is an emulator in this process: its videos are test pictures, and nothing is charged.
string?[] keys = [builder.Configuration.GetConnectionString("fal"), builder.Configuration["Fal:Key"], builder.Configuration["FAL_KEY"]];
await using var emulator = keys.All(string.IsNullOrWhiteSpace) ? await FalEmulator.StartAsync() : null;
if (emulator is not null)
{
    emulator.Script.For("**", FalEmulatedRun.Default with { PositionTime = TimeSpan.FromSeconds(1), Duration = TimeSpan.FromSeconds(6) });
    builder.Configuration["ConnectionStrings:fal"] = $"Key={emulator.Key};QueueAddress={emulator.QueueAddress};RunAddress={emulator.RunAddress};"
        + $"RestAddress={emulator.RestAddress};PlatformAddress={emulator.PlatformAddress}";
}

builder.Services.AddFal();
builder.Services.AddFalClients();
builder.Services.AddHealthChecks().AddFal();
builder.Services.AddSingleton<VideoStore>().AddSingleton<VideoMaker>().AddHostedService(services => services.GetRequiredService<VideoMaker>());

var app = builder.Build();

app.Use((context, next) =>
{
    // Another site's page must not start videos: browsers name the site that a request comes from.
    var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
    if (!HttpMethods.IsGet(context.Request.Method) && site is not ("" or "same-origin" or "none"))
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
    context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'";
    return next(context);
});
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapHealthChecks("/health");

app.MapGet("/price", (string seconds, bool sound, VideoMaker maker, IOptions<FalClientOptions> options) => new
{
    Text = Duration5Or10Values.TryParse(seconds, out var length) ? maker.EstimateCost(length, sound).ToString() : "unknown",
    IsEmulated = options.Value.QueueAddress.IsLoopback,
});

// One stream for all videos of a page: a browser opens at most six connections to a host, and each job's own stream would take one.
app.MapGet("/events", (VideoMaker maker, CancellationToken stop) => TypedResults.ServerSentEvents(maker.WatchAsync(stop), "video"));

app.MapPost("/videos", async (IFormFile? picture, HttpRequest http, VideoMaker maker) =>
{
    var form = await http.ReadFormAsync();
    if (string.IsNullOrWhiteSpace(form["prompt"])) return Words.Problem("prompt", "Describe what should happen.");
    if (picture is null) return Words.Problem("picture", "Choose a picture.");
    if (!Duration5Or10Values.TryParse(form["seconds"], out var length)) return Words.Problem("seconds", "Choose a length.");
    try
    {
        await using var content = picture.OpenReadStream();
        return Results.Ok(await maker.StartAsync(form["prompt"]!, FalMedia.FromStream(content), length, sound: form.ContainsKey("sound")));
    }
    catch (FalException ex)
    {
        return Words.Problem(ex);
    }
}).DisableAntiforgery(); // Sec-Fetch-Site takes its place.

app.MapPost("/videos/{id:guid}/cancel", async (string id, VideoMaker maker) =>
{
    try
    {
        await maker.CancelAsync(id);
        return Results.NoContent();
    }
    catch (FalException ex)
    {
        return Words.Problem(ex);
    }
});

app.MapGet("/videos/{id:guid}/file", (string id, VideoStore store) =>
    File.Exists(store.FileOf(id)) ? Results.File(store.FileOf(id), "video/mp4", enableRangeProcessing: true) : Results.NotFound());

await app.RunAsync();
