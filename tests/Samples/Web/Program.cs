using Fal;
using Fal.AspNetCore;
using Fal.KlingVideo;
using KlingGen.WebhookCrashSample;
using Samples.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthorization();
builder.Services.AddSingleton<Orders>();

builder.Services.AddSingleton(_ => new FalClient());       // the key comes from FAL_KEY
builder.Services.AddFalWebhooks();                         // reads the section Fal of the configuration

builder.Services.AddSingleton<IFalWebhookInbox>(_ => new FileInbox("inbox.jsonl"));

builder.Services.AddFalProblemDetails();
builder.Services.AddFalJson();

var app = builder.Build();

app.UseExceptionHandler();

app.MapFalWebhook<I2VOutput>("/hooks/videos", async (call, cancellationToken) =>
{
    var orders = call.Services.GetRequiredService<Orders>();
    if (call.IsSuccess) await orders.CompleteAsync(call.LedgerId!, call.Result.Video.Url, cancellationToken);
    else await orders.FailAsync(call.LedgerId!, call.Error.Message, cancellationToken);
}).WithName("videos");

app.MapPost("/orders/{order}", async (string order, ProImageToVideoRequest request, FalClient fal, FalWebhooks webhooks) =>
{
    var endpoint = fal.KlingVideo().V1_6.Pro.ImageToVideo;
    var job = await endpoint.SubmitAsync(request, new() { Webhook = webhooks.UrlFor("videos", endpoint.EndpointId, order) });
    return TypedResults.Accepted($"/jobs/{job.ToToken()}/events", job.RequestId);
}).WithFalChecks();

app.MapFalWebhook("/hooks/any", async (call, cancellationToken) =>
{
    var result = await call.GetResultAsync<FalRawResult>(cancellationToken);
    await call.Services.GetRequiredService<Orders>().CompleteAsync(call.LedgerId!, result.Json.ToString(), cancellationToken);
}).WithName("any");

app.MapFalWebhook<I2VOutput>("/hooks/slow", ArchiveAsync, options => options.Background = true).WithName("slow");

app.MapGet("/jobs/{token}/events", (FalJobToken token, HttpRequest request, FalClient fal) =>
    fal.KlingVideo().V1_6.Pro.ImageToVideo.Resume(token).ToServerSentEvents(request));

var fal = app.Services.GetRequiredService<FalClient>();
var budgets = new Budgets();
app.MapFalProxy("/api/fal/proxy", options =>
{
    options.AllowedEndpoints.Add("fal-ai/kling-video/v1.6/**");
    options.Check(fal.KlingVideo().V1_6.Pro.ImageToVideo);
    options.OnPaidCall = (call, cancellationToken) => budgets.TrySpendAsync(call.HttpContext.User, call.EstimateCost(), cancellationToken);
}).RequireAuthorization();

await app.RunAsync();

static async Task ArchiveAsync(FalWebhookCall<I2VOutput> call, CancellationToken cancellationToken)
{
    if (call.IsSuccess) await call.Result.Video.SaveAsync($"{call.RequestId}.mp4", cancellationToken: cancellationToken);
}
