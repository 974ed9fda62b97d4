using System.Diagnostics;
using Fal.Emulation;

namespace KlingGen.Samples.Tests;

/// <summary>A sample as a process of its own, which finds the emulator through its environment, unchanged.</summary>
internal sealed class SampleProcess : IDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private SampleProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>Starts the built sample of this name, in the folder.</summary>
    public static SampleProcess Start(string name, FalEmulator fal, string folder, params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Repository.At("tests", "Samples", name, "bin", configuration, "net10.0", name + ".dll");
        return StartFile("dotnet", fal, folder, [program, .. arguments]);
    }

    /// <summary>Starts an executable file.</summary>
    public static SampleProcess StartFile(string file, FalEmulator fal, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FAL_KEY"] = fal.Key;
        start.Environment["FAL_QUEUE_ADDRESS"] = fal.QueueAddress.ToString();
        start.Environment["FAL_RUN_ADDRESS"] = fal.RunAddress.ToString();
        start.Environment["FAL_REST_ADDRESS"] = fal.RestAddress.ToString();
        start.Environment["FAL_PLATFORM_ADDRESS"] = fal.PlatformAddress.ToString();
        return new SampleProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        using var guard = new CancellationTokenSource(HangGuard);
        await _process.WaitForExitAsync(guard.Token);
        return (_process.ExitCode, await _output, await _error);
    }

    /// <summary>Waits for the task, while the process runs.</summary>
    public async Task WaitAsync(Task task)
    {
        using var guard = new CancellationTokenSource(HangGuard);
        await Task.WhenAny(task, _process.WaitForExitAsync(guard.Token));
        Assert.True(task.IsCompletedSuccessfully, _process.HasExited ? $"The sample ended: {await _output}{await _error}" : "The sample hangs.");
    }

    /// <summary>Waits until a file of the process exists and has content.</summary>
    public async Task<string> FileAsync(string path)
    {
        using var guard = new CancellationTokenSource(HangGuard);
        while (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            Assert.False(_process.HasExited, "The sample ended before it wrote " + path);
            await Task.Delay(20, guard.Token);
        }
        return await File.ReadAllTextAsync(path, guard.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
