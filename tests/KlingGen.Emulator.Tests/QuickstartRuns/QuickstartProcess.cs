using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Fal.Emulation.Tests.QuickstartRuns;

/// <summary>The built quick start, running as a process of its own with its output redirected.</summary>
internal sealed class QuickstartProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Program = typeof(QuickstartProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "Quickstart").Value!;

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    /// <param name="arguments">What to say on the command line.</param>
    /// <param name="environment">Variables; keys of the machine are taken out first.</param>
    public QuickstartProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in (string[])["FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET"]) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Take;
        _process.ErrorDataReceived += Take;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string[] Lines)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        lock (_output)
            return (_process.ExitCode, _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>The signal that ends in the same handler as Ctrl-C, which a process in the background may have been told to ignore.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("sh", ["-c", FormattableString.Invariant($"kill -TERM {_process.Id}")]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.Append(line.Data).Append('\n');
    }
}
