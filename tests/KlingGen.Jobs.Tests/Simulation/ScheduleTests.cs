using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Fal.Jobs.Tests.Simulation;

public sealed class ScheduleTests(ITestOutputHelper output)
{
    // The same schedules in every run of the gate; the long form takes others and prints their seed, which goes here to run them again.
    private static readonly Rnd GateSeed = new(20_261_201);

    [Fact]
    public void Random_schedules_submit_nothing_twice_and_lose_nothing()
    {
        var shrinker = ArbMap.Default.ArbFor<int[]>();
        var schedules = Arb.From(
            Gen.Choose(0, 24 * 48 - 1).ArrayOf(), commands => shrinker.Shrinker(commands).Where(smaller => smaller.All(c => c >= 0)));
        // With a context, continuations would run elsewhere and not in the order of the schedule.
        SynchronizationContext.SetSynchronizationContext(null);
        var seed = Rounds.IsLong ? new Rnd((ulong)Random.Shared.NextInt64()) : GateSeed;
        output.WriteLine($"seed {seed}");
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(seed.Seed, seed.Gamma).WithMaxTest(10_000).WithStartSize(5).WithEndSize(150),
            Prop.ForAll(schedules, commands =>
            {
                new Schedule().RunAsync(commands).GetAwaiter().GetResult();
                return true;
            }));
    }

    /// <summary>Schedules that once failed, as they were shrunk.</summary>
    [Theory]
    [InlineData(912, 696, 48, 480, 408, 906, 68, 912, 13, 648, 0, 0, 0, 912)]
    public async Task A_late_answer_of_a_job_that_another_process_found_is_kept(params int[] commands)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        await new Schedule().RunAsync(commands);
    }
}
