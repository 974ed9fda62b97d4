using System.Collections.Concurrent;
using System.Text.Json;
using Fal;
using Fal.Emulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace KlingGen.Browser.Tests;

/// <summary>An app that serves a page and the proxy, an emulator behind it, and the page's report.</summary>
internal sealed class BrowserApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource<JsonElement> _report = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrowserApp(FalEmulator fal, WebApplication app)
    {
        Fal = fal;
        _app = app;
    }

    public FalEmulator Fal { get; }

    /// <summary>All headers that the page sent to this app.</summary>
    public ConcurrentQueue<string> Headers { get; } = new();

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<BrowserApp> StartAsync(Action<WebApplication> page)
    {
        var fal = await FalEmulator.StartAsync();
        fal.Script.For("**", new FalEmulatedRun
        {
            QueuePositions = [0],
            PositionTime = TimeSpan.FromMilliseconds(300),
            Duration = TimeSpan.FromMilliseconds(600),
            Result = """{"video": {"url": "https://v3.fal.media/files/a.mp4"}}""",
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_ => fal.CreateClient());
        var app = builder.Build();
        var result = new BrowserApp(fal, app);
        app.Use((context, next) =>
        {
            foreach (var header in context.Request.Headers) result.Headers.Enqueue($"{header.Key}: {header.Value}");
            return next(context);
        });
        app.MapFalProxy("/api/fal/proxy", options => options.AllowedEndpoints.Add("fal-ai/kling-video/**")).AllowAnonymous();
        app.MapPost("/report", async (HttpContext context) =>
            result._report.TrySetResult((await JsonDocument.ParseAsync(context.Request.Body)).RootElement.Clone()));
        page(app);
        await app.StartAsync();
        return result;
    }

    /// <summary>Serves the files of a published Blazor app.</summary>
    public static void ServeFiles(WebApplication app, string folder)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".dat"] = types.Mappings[".blat"] = "application/octet-stream";
        var files = new PhysicalFileProvider(folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = types });
    }

    /// <summary>Opens the page in a browser and waits for its report.</summary>
    public async Task<JsonElement> ShowAsync(string path)
    {
        await using var browser = Chromium.Open(new Uri(Address, path));
        try
        {
            // A hang guard: on a busy machine the start of a Blazor page alone may take more than a minute.
            return await _report.Task.WaitAsync(TimeSpan.FromMinutes(5));
        }
        catch (TimeoutException)
        {
            await browser.DisposeAsync();
            throw new TimeoutException("The page sent no report. The browser said: " + await browser.Output);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Fal.DisposeAsync();
    }
}
