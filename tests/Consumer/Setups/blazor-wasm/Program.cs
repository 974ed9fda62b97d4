using Fal;
using Fal.KlingVideo;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
using var fal = new FalClient(new FalClientOptions { Key = "consumer-id:consumer-secret" });
Console.WriteLine(fal.KlingVideo().V1.Tts.EndpointId);
await builder.Build().RunAsync();
