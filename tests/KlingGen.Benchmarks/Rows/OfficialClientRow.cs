using System.Diagnostics;
using System.Globalization;
using Fal;

namespace KlingGen.Benchmarks;

/// <summary>The same calls with fal's own JavaScript client on Node, which the interoperability tests install.</summary>
internal static class OfficialClientRow
{
    private const int WarmUpJobs = 10_000;
    private const int Jobs = 4_000;
    private const int SideBySide = 16;
    private const string Peer = "`@fal-ai/client` on Node";
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "KlingGen.Interop.Tests", "client");

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@fal-ai", "client")))
            throw new NotRunException("fal's own client is not installed; run `npm ci --prefix tests/KlingGen.Interop.Tests/client`");
        var program = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "KlingGen.Benchmarks", "Peers", "official-client.mjs"));
        await using var server = await LoopbackServer.StartAsync();
        var sides = await sitting.AlternateAsync(
            5, () => CallsRow.RunOursAsync(server.Http, WarmUpJobs, Jobs, SideBySide), () => RunOfficialAsync(program, server.Http));
        return
        [
            Figure.Beside("jobs with submit, status and result", "jobs/s", (sides[0][0], sides[1][0]), Peer, ">= 6x"),
            Figure.Beside("peak memory of the process", "MiB", (sides[0][3], sides[1][1]), Peer, "<= 1x"),
        ];
    }

    private static async Task<double[]> RunOfficialAsync(string program, string url)
    {
        var start = new ProcessStartInfo("node", [
            "--input-type=module",
            "-",
            url,
            WarmUpJobs.ToString(CultureInfo.InvariantCulture),
            Jobs.ToString(CultureInfo.InvariantCulture),
            SideBySide.ToString(CultureInfo.InvariantCulture),
            EmulatedJobs.EndpointId,
            FalJson.Write(EmulatedJobs.Request)])
        { WorkingDirectory = Folder };
        try
        {
            return Child.Numbers(await Child.OutputAsync(start, program));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new NotRunException("node is not on the PATH");
        }
    }
}
