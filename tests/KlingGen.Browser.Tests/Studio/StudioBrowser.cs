using Microsoft.Playwright;

namespace KlingGen.Browser.Tests.Studio;

/// <summary>One Chromium for the tests of a class.</summary>
public sealed class StudioBrowser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null) return;
        _playwright = await Playwright.CreateAsync();
        // Without the sandbox, because containers and root have none; the page is ours.
        string[] arguments = ["--no-sandbox", "--disable-dev-shm-usage"];
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = arguments });
    }

    /// <summary>A browser of its own, with the person's choice between light and dark.</summary>
    public Task<IBrowserContext> NewContextAsync(ColorScheme scheme = ColorScheme.Light)
        => _browser!.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1100, Height = 1000 } });

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
