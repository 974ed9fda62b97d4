using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>What a job adds to a call whose answer brings no news.</summary>
public sealed class PollCostTests
{
    [Fact]
    public void A_poll_that_brings_no_news_allocates_next_to_nothing_beyond_its_call()
    {
        using var handler = new InstantHandler();
        using var fal = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = handler }, _ => null);
        var tracker = new JobTracker(fal, JobAddress.Of(FalEndpointId.Parse(JobFixture.Id), JobFixture.RequestId), TimeSpan.Zero);
        var path = tracker.Address.Status;

        bool Call()
        {
            using var response = fal.Transport.SendToFalAsync(FalHost.Queue, path, HttpMethod.Get, null, FalCallKind.Read, null, default).GetAwaiter().GetResult();
            return response.IsSuccessStatusCode;
        }

        bool Poll() => tracker.GetStatusAsync(logs: false, default).IsCompletedSuccessfully;

        // Turn by turn, because the runtime recompiles on the way what both share; the least of each, because other work only ever adds.
        var (call, poll) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 12; round++)
        {
            call = Math.Min(call, BytesPerTurn(Call));
            poll = Math.Min(poll, BytesPerTurn(Poll));
        }

        // Little more than the task it returns; an unoptimised build adds the state machines, which are structs otherwise.
        Assert.True(poll - call <= 1024, $"A poll allocates {poll:F0} bytes, its call {call:F0}.");
        Assert.Equal("IN_QUEUE (position 3)", tracker.Latest!.ToString());
    }

    private static double BytesPerTurn(Func<bool> turn)
    {
        const int turns = 300;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < turns; i++) Assert.True(turn());
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)turns;
    }

    private sealed class InstantHandler : HttpMessageHandler
    {
        private readonly byte[] _body = """{"status":"IN_QUEUE","request_id":"r","queue_position":3,"status_url":"https://queue.fal.run/a/b/requests/r/status","logs":[],"metrics":{}}"""u8.ToArray();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(_body) });
    }
}
