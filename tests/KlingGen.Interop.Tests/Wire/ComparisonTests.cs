using Fal;
using Fal.Emulation;
using KlingGen.Interop.Tests.Harness;
using Xunit.Abstractions;

namespace KlingGen.Interop.Tests.Wire;

/// <summary>What KlingGen puts on the wire is what fal's own client puts there, but for what was reviewed.</summary>
[Collection(OfficialClient.Collection)]
public sealed class ComparisonTests(OfficialClient official, ITestOutputHelper output)
{
    [OfficialClientFact]
    public async Task Our_requests_are_those_of_fals_own_client_but_for_the_reviewed_differences()
    {
        await using var fal = await FalEmulator.StartAsync();
        using var ours = fal.CreateClient(options =>
        {
            // One request at a time, as the other client sends them, and without pauses between polls.
            options.Uploads = options.Uploads with { ParallelParts = 1 };
            options.Polling = FalPolling.Every(TimeSpan.FromMilliseconds(1));
        });
        var side = new OfficialSide(official, PlayedHosts.Of(fal));

        var requests = 0;
        var found = new List<(string Call, WireDifference Difference)>();
        foreach (var call in WireCalls.All)
        {
            var theirs = await RecordAsync(fal, call, () => call.Official(side));
            var own = await RecordAsync(fal, call, () => call.Ours(ours));
            Assert.True(
                theirs.Select(request => request.Kind).SequenceEqual(own.Select(request => request.Kind)),
                $"{call}: fal's own client sends {Kinds(theirs)}, we send {Kinds(own)}.");
            found.AddRange(
                theirs.Zip(own).SelectMany(pair => WireRequest.Compare(pair.First, pair.Second)).Select(difference => (call.Name, difference)));
            requests += own.Count;
        }

        output.WriteLine(
            $"{WireCalls.All.Count} calls, {requests} requests by each client, {found.Count} differences, {ReviewedDifferences.Rows.Count} reasons");
        var unknown = found.Where(one => !ReviewedDifferences.Rows.Any(row => row.Covers(one.Difference)))
            .GroupBy(one => one.Difference, one => one.Call).Select(group => $"not reviewed: {group.Key}, in {string.Join("; ", group.Distinct())}");
        var idle = ReviewedDifferences.Rows.Where(row => !found.Any(one => row.Covers(one.Difference))).Select(row => $"does not occur: {row}");
        var problems = unknown.Concat(idle).ToArray();
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }

    private static async Task<IReadOnlyList<WireRequest>> RecordAsync(FalEmulator fal, WireCall call, Func<Task> make)
    {
        fal.Received.Clear();
        fal.Script.For("**", call.Run);
        await make();
        return [.. fal.Received.All.Select(WireRequest.Of)];
    }

    private static string Kinds(IEnumerable<WireRequest> requests) => string.Join(", ", requests.Select(request => request.Kind));
}
