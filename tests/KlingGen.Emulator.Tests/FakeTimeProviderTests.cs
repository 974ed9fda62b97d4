using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Fal.Emulation.Tests;

/// <summary>Client and emulator on the fake clock that users have: Microsoft's FakeTimeProvider.</summary>
public sealed class FakeTimeProviderTests
{
    [Fact]
    public async Task A_job_completes_while_FakeTimeProvider_advances_in_small_steps()
    {
        var clock = new ObservedClock();
        await using var emulator = await FalEmulator.StartAsync(new FalEmulatorOptions { TimeProvider = clock });
        emulator.Script.For("**", new FalEmulatedRun
        {
            QueuePositions = [1, 0],
            PositionTime = TimeSpan.FromSeconds(5),
            Duration = TimeSpan.FromSeconds(30),
        });
        using var client = emulator.CreateClient();

        var submitted = clock.GetUtcNow();
        var running = client.Endpoint(EmulatorFixture.Endpoint).RunAsync(JsonSerializer.Deserialize<JsonElement>(EmulatorFixture.Body));
        while (!running.IsCompleted)
        {
            var pause = clock.Pauses.Reader.ReadAsync().AsTask();
            if (await Task.WhenAny(running, pause).WaitAsync(TimeSpan.FromMinutes(1)) == running) break;
            for (var passed = TimeSpan.Zero; passed < await pause; passed += TimeSpan.FromSeconds(1)) clock.Advance(TimeSpan.FromSeconds(1));
        }

        var result = await running;
        Assert.True(result.Json.TryGetProperty("video", out _));
        Assert.True(clock.GetUtcNow() - submitted >= TimeSpan.FromSeconds(40));
    }

    /// <summary>Tells the test when a pause begins, so that it need not wait in real time.</summary>
    private sealed class ObservedClock : FakeTimeProvider
    {
        public Channel<TimeSpan> Pauses { get; } = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);

            // Task.Delay hands its own task to the timer; a token source with a deadline hands itself.
            if (state is Task) Pauses.Writer.TryWrite(dueTime);
            return timer;
        }
    }
}
