using Microsoft.Playwright;

namespace KlingGen.Browser.Tests.Driver;

/// <summary>Pictures of pages for a person to look at, in the folder that <c>KLINGGEN_SCREENSHOTS</c> names.</summary>
internal static class Screenshots
{
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("KLINGGEN_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
