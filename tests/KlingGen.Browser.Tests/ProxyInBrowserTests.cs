using System.Reflection;
using System.Text.Json;
using Fal.Emulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KlingGen.Browser.Tests;

/// <summary>Pages in a real browser that run image-to-video with a large upload through the proxy, without a key.</summary>
public sealed class ProxyInBrowserTests
{
    [BrowserFact(NeedsClient = true)]
    public async Task The_client_of_fal_runs_an_endpoint_through_the_proxy()
    {
        // Above 90 MiB it uploads in parts.
        var megabytes = Rounds.IsLong ? 101 : 12;
        var script = await Bundle.CreateAsync();
        await using var app = await BrowserApp.StartAsync(page =>
        {
            page.MapGet("/", () => TypedResults.Content("<!DOCTYPE html><script type=module src=page.js></script>", "text/html"));
            page.MapGet("/page.js", () => TypedResults.Bytes(script, "text/javascript"));
        });
        var report = await app.ShowAsync($"/?megabytes={megabytes}");
        AssertRan(app, report);
        Assert.Equal(megabytes > 90 ? 11 : 0, app.Fal.Received.CountOf(FalOperation.UploadPart));
        Assert.Equal(megabytes * 1024L * 1024, Sent(app));
    }

    [BrowserFact]
    public async Task A_Blazor_page_runs_an_endpoint_through_the_proxy()
    {
        var metadata = typeof(ProxyInBrowserTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();
        var folder = metadata.Single(data => data.Key == "BlazorClient").Value!;
        await using var app = await BrowserApp.StartAsync(page => BrowserApp.ServeFiles(page, folder));
        var report = await app.ShowAsync("/");
        AssertRan(app, report);
        Assert.Equal(3, app.Fal.Received.CountOf(FalOperation.UploadPart));
        Assert.Equal(12L * 1024 * 1024, Sent(app));
        Assert.Equal(1, app.Fal.Received.CountOf(FalOperation.StatusStream));
    }

    private static void AssertRan(BrowserApp app, JsonElement report)
    {
        Assert.True(report.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String, report.ToString());
        Assert.Equal("https://v3.fal.media/files/a.mp4", url.GetString());
        Assert.Equal(app.Fal.Received.One(FalOperation.Submit).RequestId, report.GetProperty("requestId").GetString());
        Assert.Equal("COMPLETED", report.GetProperty("states").EnumerateArray().Last().GetString());
        Assert.Equal($"Key {app.Fal.Key.Split(':')[0]}:***", app.Fal.Received.One(FalOperation.Submit).Headers["Authorization"]);
        Assert.DoesNotContain(app.Fal.Received.All, received => received.ShowedKey);
        Assert.DoesNotContain(app.Headers, header => header.Contains(app.Fal.Key, StringComparison.Ordinal));
    }

    private static long Sent(BrowserApp app)
        => app.Fal.Received.ForOperation(FalOperation.Upload | FalOperation.UploadPart).Sum(received => received.BodyLength);
}
