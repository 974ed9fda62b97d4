using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace KlingGen.Benchmarks;

/// <summary>
/// The driver's first run over all documents in a process that has compiled nothing yet, which no benchmark that warms
/// up can show. Each measurement is a process of its own.
/// </summary>
internal static class FirstRun
{
    private const string Child = "KLINGGEN_FIRST_RUN_CHILD";
    private const int Runs = 9;

    public static void Measure()
    {
        if (Environment.GetEnvironmentVariable(Child) is not null)
        {
            var session = DriverSession.Bare(Documents.All.Count);
            var compiled = JitInfo.GetCompiledMethodCount();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var clock = Stopwatch.StartNew();
            session.Create().RunGenerators(session.Compilation);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalMilliseconds:F0} "
                + $"{JitInfo.GetCompiledMethodCount() - compiled} {(GC.GetTotalAllocatedBytes(precise: true) - allocated) >> 20}"));
            return;
        }

        var runs = new List<int[]>();
        for (var i = 0; i < Runs; i++)
        {
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["first"])
            {
                RedirectStandardOutput = true,

                // As the compiler itself is set up.
                Environment = { [Child] = "1", ["DOTNET_gcServer"] = "1" },
            })!;
            runs.Add([.. process.StandardOutput.ReadToEnd().Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))]);
            process.WaitForExit();
        }

        runs.Sort((a, b) => a[0].CompareTo(b[0]));
        var median = runs[Runs / 2];
        Console.WriteLine($"First run over {Documents.All.Count} documents in a fresh process: median {median[0]} ms, from {runs[0][0]} to "
            + $"{runs[^1][0]} ms; {median[1]} methods compiled, {median[2]} MiB allocated.");
    }
}
