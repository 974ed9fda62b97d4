using System.Net.Http.Json;
using Fal;
using Fal.KlingVideo;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Samples.BlazorClient;

var builder = WebAssemblyHostBuilder.CreateDefault(args);

builder.Services.AddSingleton(_ => new FalClient(new FalClientOptions
{
    ProxyAddress = new Uri(new Uri(builder.HostEnvironment.BaseAddress), "api/fal/proxy"),
}));

// The emulator's storage is plain http on this machine; fal's own is https.
if (builder.HostEnvironment.BaseAddress.StartsWith("http://127.0.0.1", StringComparison.Ordinal))
    builder.Services.AddSingleton(_ => Emulated.Client(builder.HostEnvironment.BaseAddress));

var app = builder.Build();
var fal = (FalClient)app.Services.GetService(typeof(FalClient))!;
using var http = new HttpClient { BaseAddress = new Uri(builder.HostEnvironment.BaseAddress) };
Report report;
try
{
    report = await RunAsync();
}
catch (Exception ex)
{
    report = new Report { Error = ex.ToString() };
}
await http.PostAsJsonAsync("report", report);
await app.RunAsync();

// What a page does on a click: uploads a picture, submits, follows the job over one open connection, and gets the result.
async Task<Report> RunAsync()
{
    var image = FalMedia.FromBytes(new byte[12 * 1024 * 1024], "image/png");
    var request = new ProImageToVideoRequest { Prompt = "Snow falls while a car drives off.", ImageUrl = await fal.Files.UploadAsync(image) };
    var job = await fal.KlingVideo().V1_6.Pro.ImageToVideo.SubmitAsync(request);
    var states = new List<string>();
    await foreach (var update in job.WatchAsync(new FalWaitOptions { StatusStream = true })) states.Add(update.Status.State.Word);
    var result = await job.GetResultAsync();
    return new Report { Url = result.Video.Url, RequestId = job.RequestId, States = [.. states.Distinct()] };
}
