using System.Diagnostics;

namespace KlingGen.Cli.Tests.Harness;

/// <summary>The tool as it was built, for tests that start it as a process.</summary>
internal static class BuiltTool
{
    /// <summary>
    /// The tool in its own folder, which has the libraries of its own framework. The copy beside the tests lacks those that the framework of the
    /// tests has already.
    /// </summary>
    public static readonly string File = Repository.At(
        "generator", "KlingGen.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net8.0", "klinggen.dll");

    /// <summary>Runs a command as a process whose environment has this key or none, and no admin key. Standard input is empty.</summary>
    public static async Task<ToolRun> RunWithKeyAsync(string? key, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in (string[])[File, .. args]) start.ArgumentList.Add(arg);
        foreach (var name in (string[])["FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET", "FAL_ADMIN_KEY"]) start.Environment.Remove(name);
        if (key is not null) start.Environment["FAL_KEY"] = key;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new ToolRun(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}
