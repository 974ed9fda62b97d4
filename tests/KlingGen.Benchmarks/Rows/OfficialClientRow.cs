using System.Diagnostics;
using System.Globalization;
using Fal;

namespace KlingGen.Benchmarks;

/// <summary>The same calls with fal's own JavaScript client on Node, which the interoperability tests install.</summary>
internal static class OfficialClientRow
{
    private const int Jobs = 20_000;
    private const int SideBySide = 16;

    // It runs an eighth of the jobs per second: both sides warm up for some seconds and are measured for some.
    private const int PeerWarmUpJobs = 8_000;
    private const int PeerJobs = 4_000;
    private const string Peer = "`@fal-ai/client` on Node";
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "KlingGen.Interop.Tests", "client");

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@fal-ai", "client")))
            throw new NotRunException("fal's own client is not installed; run `npm ci --prefix tests/KlingGen.Interop.Tests/client`");
        var program = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "KlingGen.Benchmarks", "Peers", "official-client.mjs"));
        await using var server = await LoopbackServer.StartAsync();
        var sides = await sitting.AlternateAsync(
            5,
            () => RunOurSideAsync(CallsRow.Ours),
            () => RunOurSideAsync(CallsRow.Baseline),
            () => server.WithProcessorTimeAsync(PeerWarmUpJobs + PeerJobs, () => RunOfficialAsync(program, server.Http)));
        var (ours, baseline, peer) = (sides[0], sides[1], sides[2]);
        return
        [
            Figure.Beside("jobs with submit, status and result", "jobs/s", (ours[0], peer[0]), Peer, ">= 6x"),
            Figure.Beside($"the same with {CallsRow.Baseline} in place of KlingGen", "jobs/s", (baseline[0], peer[0]), Peer),
            Figure.Beside("processor time of a job in the client", "µs", (ours[1], peer[1]), Peer),
            Figure.Beside("processor time of a job in the server", "µs", (ours[4], peer[3]), Peer),
            Figure.Beside("peak memory of the process", "MiB", (ours[3], peer[2]), Peer, "<= 1x"),
        ];

        Task<double[]> RunOurSideAsync(string side) => server.WithProcessorTimeAsync(
            CallsRow.WarmUpJobs + Jobs, () => CallsRow.RunChildAsync(side, server.Http, CallsRow.WarmUpJobs, Jobs, SideBySide));
    }

    private static async Task<double[]> RunOfficialAsync(string program, string url)
    {
        var start = new ProcessStartInfo("node", [
            "--input-type=module",
            "-",
            url,
            PeerWarmUpJobs.ToString(CultureInfo.InvariantCulture),
            PeerJobs.ToString(CultureInfo.InvariantCulture),
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
