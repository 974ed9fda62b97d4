using System.Diagnostics;
using System.Text;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Packed;

/// <summary>The tool as users have it: packed from what was built, installed into a folder from that package alone, run as a process.</summary>
public sealed class PackedTool : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();

    public async Task InitializeAsync()
    {
        // Tests run from bin/<configuration>/<framework>.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var feed = _folder.At("feed");
        await DotnetAsync("pack", Repository.At("generator", "KlingGen.Cli"), "-c", configuration, "--no-build", "-o", feed, "--nologo", "-v", "q");

        // One source, the folder: nothing is fetched from anywhere, and nothing installed before can stand in.
        _folder.Write(
            "nuget.config",
            $"""<configuration><packageSources><clear /><add key="feed" value="{feed}" /></packageSources></configuration>""");
        await DotnetAsync(
            "tool",
            "install",
            "KlingGen.Cli",
            "--tool-path",
            _folder.At("tool"),
            "--configfile",
            _folder.At("nuget.config"),
            "--version",
            "0.1.0");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    public string FileName => Path.Combine(_folder.At("tool"), OperatingSystem.IsWindows() ? "klinggen.exe" : "klinggen");

    internal async Task<ToolRun> RunAsync(string workingFolder, params string[] args)
    {
        using var process = Start(workingFolder, args);
        return await EndAsync(process);
    }

    /// <summary>Starts the tool with both outputs redirected and a key of no value in its environment.</summary>
    internal Process Start(string workingFolder, params string[] args)
    {
        var start = Info(FileName, workingFolder, args);
        start.Environment["FAL_KEY"] = "packed-tests:0123456789abcdef";
        return Process.Start(start)!;
    }

    internal static async Task<ToolRun> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ToolRun(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }

    internal static ProcessStartInfo Info(string fileName, string workingFolder, params string[] args)
    {
        var start = new ProcessStartInfo(fileName, args)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";

        // What the test host was told about itself is not meant for others.
        foreach (var name in start.Environment.Keys.Where(
            name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "DOTNET_HOST_PATH").ToArray()) start.Environment
                .Remove(name);
        return start;
    }

    private async Task DotnetAsync(params string[] args)
    {
        var start = Info("dotnet", _folder.Root, args);
        start.Environment["NUGET_PACKAGES"] = _folder.At("cache");
        using var process = Process.Start(start)!;
        (await EndAsync(process)).Fine();
    }
}
