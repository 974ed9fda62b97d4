using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace KlingGen.Benchmarks;

/// <summary>
/// The generator in the compiler's driver: a first run in a process that has compiled nothing yet, and the two edits that happen all day.
/// </summary>
internal static class DriverRow
{
    private const int Many = 700;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        var first = await sitting.AlternateAsync(9, [.. new[] { 1, 75, 703 }.Select(count => (Func<Task<double[]>>)(() => FirstAsync(count)))]);
        var session = new DriverSession(Many);
        var edits = 0;
        var warm = await sitting.AlternateCallsAsync(
            9,
            () => session.Create().RunGenerators(session.Compilation),
            () => Edit(() => session.EditCode(++edits), () => session.Run()),
            () => Edit(() => session.EditDocument(++edits), () => session.Run()),
            () => Edit(() => session.EditCode(++edits), () => session.RunEmpty()));
        return
        [
            new Figure("first run, 1 document", "ms", first[0][0]),
            new Figure("first run, 75 documents", "ms", first[1][0]),
            new Figure("first run, 703 documents", "ms", first[2][0]) { Target = "<= 1,000 ms" },
            new Figure("methods that the runtime compiles for it", "", first[2][1]),
            new Figure("allocated in it", "MiB", first[2][2]),
            Warm($"a run that knows nothing, code warm, {Many} documents", 0),
            Warm($"a C# file edited, {Many} documents", 1) with
            {
                Peer = Milliseconds(warm[3][0]), PeerName = "a generator that does nothing", Target = "<= 5 ms",
            },
            Warm($"one of {Many} documents edited", 2) with { Target = "<= 30 ms" },
        ];

        Figure Warm(string what, int side) => new(what, "ms", Milliseconds(warm[side][0]));
    }

    /// <summary>The child process: milliseconds, methods compiled and MiB allocated of the first run.</summary>
    public static Task<double[]> RunFirstAsync(string[] args)
    {
        var session = DriverSession.Bare(int.Parse(args[0], CultureInfo.InvariantCulture));
        var compiled = JitInfo.GetCompiledMethodCount();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        session.Create().RunGenerators(session.Compilation);
        return Task.FromResult<double[]>(
        [
            clock.Elapsed.TotalMilliseconds,
            JitInfo.GetCompiledMethodCount() - compiled,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1048576.0,
        ]);
    }

    // The garbage collector as the compiler itself is set up.
    private static Task<double[]> FirstAsync(int documents)
        => Child.RunAsync("driver", [("DOTNET_gcServer", "1")], documents.ToString(CultureInfo.InvariantCulture));

    private static void Edit(Action edit, Func<object> run)
    {
        edit();
        run();
    }

    private static Sample Milliseconds(Sample microseconds) => new([.. microseconds.Values.Select(value => value / 1000)]);
}
