using System.Diagnostics;

namespace KlingGen.Browser.Tests;

/// <summary>A headless Chromium with a profile of its own that shows one page.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _profile;
    private bool _isDisposed;

    private Chromium(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>The browser; null if none is installed.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }, System.IO.Path.Combine).FirstOrDefault(File.Exists);

    /// <summary>What the browser printed, for the message of a test that fails.</summary>
    public Task<string> Output { get; private init; } = Task.FromResult("");

    public static Chromium Open(Uri page)
    {
        var profile = Directory.CreateTempSubdirectory("klinggen-chromium-").FullName;
        var process = Process.Start(new ProcessStartInfo(Path!)
        {
            // Without the sandbox, because containers and root have none; the page is ours.
            ArgumentList =
            {
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--enable-logging=stderr",
                $"--user-data-dir={profile}", page.AbsoluteUri,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _ = process.StandardOutput.ReadToEndAsync();
        return new Chromium(process, profile) { Output = process.StandardError.ReadToEndAsync() };
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser still writes; the folder is in the temporary one.
        }
    }
}
