using System.Globalization;

namespace KlingGen.Generator.Tests.Incremental;

/// <summary>A step that the thread pool begins gives what a step of the driver gives.</summary>
public sealed class BackgroundStepTests
{
    [Fact]
    public async Task Work_begins_before_anyone_asks_for_its_result()
    {
        var begun = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var step = new BackgroundStep<string, string>((input, _) =>
        {
            begun.SetResult(input);
            return input;
        });
        step.Start("input", CancellationToken.None);
        Assert.Equal("input", await begun.Task);
    }

    [Fact]
    public async Task An_input_does_not_wait_for_another()
    {
        using var gate = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var step = new BackgroundStep<string, string>((input, cancellation) =>
        {
            if (input != "held") return input;
            begun.SetResult();
            gate.Wait(cancellation);
            return input;
        });
        var held = step.Start("held", CancellationToken.None);
        await begun.Task;
        Assert.Equal("next", step.Start("next", CancellationToken.None).Value);
        Assert.False(held.IsValueCreated);
        gate.Set();
        Assert.Equal("held", held.Value);
    }

    [Fact]
    public void Each_input_is_worked_on_once()
    {
        var runs = 0;
        var step = new BackgroundStep<string, int>((_, _) => Interlocked.Increment(ref runs));
        var results = Enumerable.Range(0, 1_000).Select(input => step.Start("input " + input, CancellationToken.None)).ToArray();
        Assert.Equal(Enumerable.Range(1, 1_000), results.Concat(results).Select(result => result.Value).Distinct().Order());
        Assert.Equal(1_000, runs);
    }

    [Fact]
    public void An_exception_reaches_who_asks()
    {
        var step = new BackgroundStep<string, string>((input, _) => throw new InvalidOperationException(input));
        var result = step.Start("input", CancellationToken.None);
        Assert.Equal("input", Assert.Throws<InvalidOperationException>(() => result.Value).Message);
    }

    [Fact]
    public void A_cancelled_run_begins_no_more_work()
    {
        var runs = 0;
        var step = new BackgroundStep<string, int>((_, _) => Interlocked.Increment(ref runs));
        var result = step.Start("input", new CancellationToken(true));
        Assert.Throws<OperationCanceledException>(() => result.Value);
        Assert.Equal(0, runs);
    }

    [Fact]
    public void Work_has_the_culture_of_the_run()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            var step = new BackgroundStep<string, string>((_, _) => CultureInfo.CurrentCulture.Name);
            var results = Enumerable.Range(0, 100).Select(input => step.Start("input " + input, CancellationToken.None)).ToArray();
            Assert.All(results, result => Assert.Equal("tr-TR", result.Value));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
