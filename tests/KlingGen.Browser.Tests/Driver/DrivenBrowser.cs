using Microsoft.Playwright;

namespace KlingGen.Browser.Tests.Driver;

/// <summary>One Chromium, driven by Playwright, for the tests of a class; each test has a context of its own.</summary>
public sealed class DrivenBrowser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null) return;
        _playwright = await Playwright.CreateAsync();
        // Without the sandbox, because containers and root have none; the page is ours. A foreign name leads to this machine, as after DNS rebinding.
        string[] arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP rebound.example 127.0.0.1"];
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = arguments });
    }

    /// <summary>A browser of its own, with the person's choice between light and dark.</summary>
    public Task<IBrowserContext> NewContextAsync(ColorScheme scheme = ColorScheme.Light, int width = 1100)
        => _browser!.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 1000 } });

    /// <summary>A square PNG with that many pixels on a side.</summary>
    public async Task<FilePayload> TakePictureAsync(int side)
    {
        await using var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = side, Height = side } });
        var page = await context.NewPageAsync();
        await page.SetContentAsync("<body style='margin:0;background:linear-gradient(160deg,#f6b26b,#3d5a80 60%,#1b2a41)'>");
        return new FilePayload { Name = "beach.png", MimeType = "image/png", Buffer = await page.ScreenshotAsync() };
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
