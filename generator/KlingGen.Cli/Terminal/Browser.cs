using System.ComponentModel;
using System.Diagnostics;

namespace KlingGen.Cli.Terminal;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>Opens a page; false if the system has nothing that opens one.</summary>
    public static bool Open(Uri page)
    {
        // The URL is one argument and no shell reads it. Windows finds the browser by the scheme.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open")
            {
                ArgumentList = { page.AbsoluteUri },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        try
        {
            using var process = Process.Start(start);
            return true;
        }
        catch (Exception ex) when (ex is Win32Exception or IOException)
        {
            return false;
        }
    }
}
