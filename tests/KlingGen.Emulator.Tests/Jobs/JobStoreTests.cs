using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Emulation.Tests.Jobs;

public sealed class JobStoreTests
{
    private static readonly ServedDocument Document = ServedDocument.Read(Made.Document("acme/lumen"), "test");

    [Fact]
    public void Large_requests_are_dropped_after_their_jobs_have_ended()
    {
        var time = new FakeTime();
        var store = new JobStore(time, mostKept: 10, mostBytes: 2_500);
        for (var i = 0; i < 4; i++) Add(store, time, $"{i}");
        Assert.Equal(["0", "1", "2", "3"], store.All.Select(job => job.RequestId));
        time.Advance(TimeSpan.FromMinutes(1));
        Add(store, time, "4");
        Assert.Equal(["3", "4"], store.All.Select(job => job.RequestId));
        Assert.Null(store.Find("lumen", "0"));
    }

    [Fact]
    public void Number_of_jobs_is_limited()
    {
        var time = new FakeTime();
        var store = new JobStore(time, mostKept: 2, mostBytes: long.MaxValue);
        for (var i = 0; i < 3; i++) Add(store, time, $"{i}");
        Assert.Equal(["1", "2"], store.All.Select(job => job.RequestId));
    }

    private static void Add(JobStore store, FakeTime time, string id)
    {
        var run = new FalEmulatedRun { QueuePositions = [], Duration = TimeSpan.FromMinutes(1) };
        store.Add(new EmulatedJob(id, Document, default(JsonElement), new JobFacts(run, time.GetUtcNow()), null) { InputLength = 1_000 });
    }
}
