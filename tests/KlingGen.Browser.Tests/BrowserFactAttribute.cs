namespace KlingGen.Browser.Tests;

/// <summary>A test that needs Chromium, and fal's own client where it says so. Without them it is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Whether the test bundles fal's own client.</summary>
    public bool NeedsClient { get; init; }

    public override string? Skip
    {
        get
        {
            if (Chromium.Path is null) return "Chromium is not installed (on Debian: apt-get install chromium).";
            return NeedsClient && !File.Exists(Bundle.Esbuild)
                ? "fal's own client is not installed: npm ci --prefix tests/KlingGen.Browser.Tests/client" : null;
        }
    }
}
