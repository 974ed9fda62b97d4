using System.Diagnostics;
using Fal.Jobs.Tests.Kill;
using Xunit.Abstractions;

namespace Fal.Jobs.Orleans.Tests;

/// <summary>When the emulator received requests, for the throughput of a cluster and for its pause after a kill.</summary>
internal sealed class Progress : IAsyncDisposable
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TimeSpan> _requests = [];
    private readonly List<TimeSpan> _kills = [];
    private readonly Task _sampling;
    private volatile int _count;

    public Progress(EmulatedFal fal) => _sampling = SampleAsync(fal);

    public async Task WaitForAsync(int requests)
    {
        while (_count < requests)
        {
            Assert.True(_clock.Elapsed < TimeSpan.FromMinutes(30), $"There are only {_count} requests.");
            await Task.Delay(10);
        }
    }

    public void RecordKill()
    {
        lock (_requests) _kills.Add(_clock.Elapsed);
    }

    public void Report(ITestOutputHelper output, int jobs)
    {
        lock (_requests)
        {
            var first = _requests[0];
            var seconds = (_requests[^1] - first).TotalSeconds;
            output.WriteLine(FormattableString.Invariant($"{jobs} jobs in {seconds:f1} s, {jobs / seconds:f1} per second, {_kills.Count} kill(s)"));
            for (var i = 0; i < _kills.Count; i++)
            {
                var end = i + 1 < _kills.Count ? _kills[i + 1] : TimeSpan.MaxValue;
                var after = _requests.Where(time => time >= _kills[i] && time < end).Prepend(_kills[i]).ToList();
                var longest = after.Zip(after.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max();
                output.WriteLine(FormattableString.Invariant(
                    $"kill {i + 1} at {(_kills[i] - first).TotalSeconds:f1} s: the longest pause after it was {longest.TotalSeconds:f1} s"));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sampling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task SampleAsync(EmulatedFal fal)
    {
        while (true)
        {
            await Task.Delay(50, _stop.Token);
            var count = fal.CountRequests();
            if (count == _count) continue;
            _count = count;
            lock (_requests) _requests.Add(_clock.Elapsed);
        }
    }
}
