using ClipWorker;
using Fal;

// ClipWorker --folder <folder>: a clip for each *.txt of the folder. SIGTERM and Ctrl+C stop it; the next start goes on.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddFal();
builder.Services.AddHostedService<ClipService>();
await builder.Build().RunAsync();
