using System.Diagnostics;

namespace KlingGen.Browser.Tests;

/// <summary>fal's own client, bundled for a browser when a test is prepared.</summary>
internal static class Bundle
{
    private static readonly string Folder = Repository.At("tests", "KlingGen.Browser.Tests", "client");

    public static string Esbuild { get; } = Path.Combine(Folder, "node_modules", ".bin", "esbuild");

    /// <summary>The page's script with everything that it imports.</summary>
    public static async Task<byte[]> CreateAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(Esbuild)
        {
            ArgumentList = { "page.mjs", "--bundle", "--format=esm", "--log-level=error" },
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var script = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(script);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return script.ToArray();
    }
}
