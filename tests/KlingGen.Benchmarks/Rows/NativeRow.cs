using System.ComponentModel;
using System.Diagnostics;

namespace KlingGen.Benchmarks;

/// <summary>A program for one endpoint as native code, beside the same with <see cref="BaselineClient"/>: size and memory.</summary>
internal static class NativeRow
{
    private const string Peer = "bare HttpClient";

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        var (ours, bare) = (await PublishAsync("Endpoint"), await PublishAsync("Bare"));
        await using var server = await LoopbackServer.StartAsync();
        var sides = await sitting.AlternateAsync(9, () => RunAsync(ours, server.Http), () => RunAsync(bare, server.Http));
        return
        [
            Beside("Native AOT, one endpoint: the executable", "MB", 0, "<= +0.5 MB"),
            Beside("the same: memory after a job", "MiB", 1),
        ];

        Figure Beside(string what, string unit, int quantity, string target = "")
            => Figure.Beside(what, unit, (sides[0][quantity], sides[1][quantity]), Peer, target) with { IsDifference = true };
    }

    private static async Task<string> PublishAsync(string name)
    {
        var output = Path.Combine(Repository.Root, "artifacts", "benchmarks", name);
        if (Directory.Exists(output)) Directory.Delete(output, recursive: true);
        var project = Path.Combine(Repository.Root, "tests", "KlingGen.Benchmarks", "Native", name, name + ".csproj");
        try
        {
            await Child.OutputAsync(new ProcessStartInfo("gcc", ["--version"]));
        }
        catch (Win32Exception)
        {
            throw new NotRunException("native code is linked with gcc, which is not on the PATH");
        }
        await Child.OutputAsync(new ProcessStartInfo(Dotnet.Path, ["publish", project, "-c", "Release", "-o", output, "-v", "q", "--nologo"]));
        return Path.Combine(output, name);
    }

    /// <summary>Runs one job; MB of the executable and MiB of the process.</summary>
    private static async Task<double[]> RunAsync(string program, string url)
        => [new FileInfo(program).Length / 1e6, .. Child.Numbers(await Child.OutputAsync(new ProcessStartInfo(program, [url])))];
}
