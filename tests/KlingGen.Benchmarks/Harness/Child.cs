using System.Diagnostics;
using System.Globalization;

namespace KlingGen.Benchmarks;

/// <summary>
/// Child processes: what a row measures there begins cold, has the memory and the processor time of the process to itself, and prints its numbers.
/// </summary>
internal static class Child
{
    /// <summary>The first argument of a child process; the name of the row and its arguments follow.</summary>
    public const string Argument = "child";

    /// <summary>Runs a row's <see cref="Row.InChild"/> in a process of its own.</summary>
    public static Task<double[]> RunAsync(string row, params string[] args) => RunAsync(row, [], args);

    /// <summary>The same with variables of the environment.</summary>
    public static async Task<double[]> RunAsync(string row, IEnumerable<(string Name, string Value)> environment, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument, row, .. args]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Numbers(await OutputAsync(start));
    }

    /// <summary>The last line of a process's output, as numbers.</summary>
    public static double[] Numbers(string output)
        => [.. output.Trim().Split('\n')[^1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>Numbers as a line of output.</summary>
    public static string Line(IEnumerable<double> numbers)
        => string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Runs a process to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public static async Task<string> OutputAsync(ProcessStartInfo start, string? input = null)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = input is not null;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException(
            $"{start.FileName} {string.Join(' ', start.ArgumentList.Take(4))} failed with {process.ExitCode}:\n{await output}{await errors}");
    }

    /// <summary>The largest resident memory of this process so far, in MiB.</summary>
    public static double PeakMiB()
    {
        using var own = Process.GetCurrentProcess();
        return own.PeakWorkingSet64 / 1048576.0;
    }

    /// <summary>The processor time of this process so far, in milliseconds.</summary>
    public static double ProcessorMilliseconds() => Environment.CpuUsage.TotalTime.TotalMilliseconds;
}
