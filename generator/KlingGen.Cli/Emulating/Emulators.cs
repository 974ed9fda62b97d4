using System.Net;
using System.Net.Sockets;
using Fal;
using Fal.Emulation;
using KlingGen.Cli.Documents;

namespace KlingGen.Cli.Emulating;

/// <summary>Emulators of the tool's own, and the way to others.</summary>
internal static class Emulators
{
    /// <summary>The queue, run, rest and media hosts.</summary>
    private const int Hosts = 4;

    /// <param name="specs">The user's documents; null for the folder specs, if there is one.</param>
    /// <param name="port">The first of four in a row; 0 finds free ones.</param>
    /// <param name="key">What callers must bring; null makes one up.</param>
    /// <param name="cancellation">Stops starting.</param>
    /// <exception cref="ToolException">It cannot start; the message says why.</exception>
    public static async Task<FalEmulator> StartAsync(string[]? specs, int port = 0, string? key = null, CancellationToken cancellation = default)
    {
        for (var tries = 1; ; tries++)
        {
            var options = new FalEmulatorOptions { Port = port == 0 ? FreePort() : port, Key = key };
            foreach (var path in specs is { Length: > 0 } ? specs : SpecOptions.LocalFolders()) options.Paths.Add(path);
            try
            {
                return await FalEmulator.StartAsync(options, cancellation).ConfigureAwait(false);
            }
            catch (IOException) when (port == 0 && tries < 20)
            {
                // One of the three that follow is taken; there are others.
            }
            catch (Exception fault) when (fault is ArgumentException or IOException)
            {
                throw new ToolException("The emulator cannot start: " + fault.Message, fault);
            }
        }
    }

    /// <summary>Where an emulator elsewhere has its queue.</summary>
    /// <exception cref="ToolException">It is no address on this machine.</exception>
    public static Uri? AddressOf(string? text)
        => text is null ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var queue) && queue is { Scheme: "http", IsLoopback: true } ? queue
            : throw new ToolException($"'{text}' is no address of an emulator on this machine; one looks like http://127.0.0.1:7800.");

    /// <summary>Options for a client of an emulator elsewhere; its key comes from FAL_KEY. The run host and the rest host are at the ports that follow the queue's.</summary>
    public static FalClientOptions OptionsFor(Uri queue) => new()
    {
        QueueAddress = queue,
        RunAddress = new UriBuilder(queue) { Port = queue.Port + 1 }.Uri,
        RestAddress = new UriBuilder(queue) { Port = queue.Port + 2 }.Uri,
        AllowHttpOnLoopback = true,
    };

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return Math.Min(((IPEndPoint)probe.LocalEndpoint).Port, IPEndPoint.MaxPort - Hosts);
    }
}
