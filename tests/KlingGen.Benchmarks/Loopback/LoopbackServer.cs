using System.Diagnostics;
using System.Globalization;

namespace KlingGen.Benchmarks;

/// <summary>A <see cref="StubServer"/> in a process of its own.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly Process _process;

    private LoopbackServer(Process process, string[] addresses) => (_process, Http, Https) = (process, addresses[0], addresses[1]);

    /// <summary>The address over HTTP/1.1.</summary>
    public string Http { get; }

    /// <summary>The address over TLS, with HTTP/2.</summary>
    public string Https { get; }

    public static async Task<LoopbackServer> StartAsync(params string[] args)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Child.Argument, StubServer.Role, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new LoopbackServer(process, line.Split(' '));
    }

    /// <summary>The largest number of connections that were open at the same time.</summary>
    public Task<double> PeakConnectionsAsync() => NumberAsync("/peak");

    /// <summary>Runs jobs, and adds to the quantities of the run the µs of processor time that a job took in the server.</summary>
    public async Task<double[]> WithProcessorTimeAsync(int jobs, Func<Task<double[]>> run)
    {
        var before = await NumberAsync("/processor");
        var quantities = await run();
        return [.. quantities, (await NumberAsync("/processor") - before) * 1000 / jobs];
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<double> NumberAsync(string path)
    {
        using var http = new HttpClient();
        return double.Parse(await http.GetStringAsync(new Uri(Http + path)), CultureInfo.InvariantCulture);
    }
}
