using System.Diagnostics;
using System.Globalization;

namespace KlingGen.Benchmarks;

/// <summary>
/// The driver's first run over all documents in a process that has compiled nothing yet, which no benchmark that warms up can show. Each measurement is a
/// process of its own.
/// </summary>
internal static class FirstRun
{
    private const string Child = "KLINGGEN_FIRST_RUN_CHILD";

    public static void Measure()
    {
        if (Environment.GetEnvironmentVariable(Child) is not null)
        {
            var session = DriverSession.Bare(Documents.All.Count);
            var clock = Stopwatch.StartNew();
            session.Create().RunGenerators(session.Compilation);
            Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture));
            return;
        }

        var times = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["first"]) { RedirectStandardOutput = true, Environment = { [Child] = "1" } })!;
            times.Add(double.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture));
            process.WaitForExit();
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"First run over {Documents.All.Count} documents in a fresh process: median {times[3]} ms, from {times[0]} to {times[6]} ms."));
    }
}
