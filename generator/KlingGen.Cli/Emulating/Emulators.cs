using System.Net;
using System.Net.Sockets;
using Fal;
using Fal.Emulation;
using KlingGen.Cli.Documents;

namespace KlingGen.Cli.Emulating;

/// <summary>Emulators of the tool's own, and the way to others.</summary>
internal static class Emulators
{
    /// <summary>The queue, run, rest, media and platform hosts.</summary>
    private const int Hosts = 5;

    /// <param name="specs">The user's documents; null for the folder specs, if there is one.</param>
    /// <param name="options">Ports, key and all else; port 0 finds five free ones in a row.</param>
    /// <param name="cancellation">Stops starting.</param>
    /// <exception cref="ToolException">It cannot start; the message has the reason.</exception>
    public static async Task<FalEmulator> StartAsync(string[]? specs, FalEmulatorOptions options, CancellationToken cancellation)
    {
        foreach (var path in specs is { Length: > 0 } ? specs : SpecOptions.LocalFolders())
        {
            if (!Path.Exists(path)) throw new ToolException($"There is no file or folder '{path}'.");
            options.Paths.Add(path);
        }

        var findsPort = options.Port == 0;
        for (var attempt = 1; ; attempt++)
        {
            if (findsPort) options.Port = FreePort();
            try
            {
                return await FalEmulator.StartAsync(options, cancellation).ConfigureAwait(false);
            }
            catch (IOException) when (findsPort && attempt < 20)
            {
                // One of the four that follow is taken; there are others.
            }
            catch (Exception ex) when (ex is ArgumentException or IOException or UnauthorizedAccessException)
            {
                throw new ToolException("The emulator cannot start: " + ex.Message, ex);
            }
        }
    }

    /// <summary>Where an emulator elsewhere has its queue.</summary>
    /// <exception cref="ToolException">It is no address on this machine.</exception>
    public static Uri? AddressOf(string? text)
        => text is null ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var queue) && queue is { Scheme: "http", IsLoopback: true } ? queue
            : throw new ToolException($"'{text}' is not the URL of an emulator on this machine; one looks like http://127.0.0.1:7800.");

    /// <summary>
    /// Options for a client of an emulator elsewhere; its key comes from FAL_KEY. The other hosts are at the ports that follow the queue's.
    /// </summary>
    public static FalClientOptions OptionsFor(Uri queue) => new()
    {
        QueueAddress = queue,
        RunAddress = new UriBuilder(queue) { Port = queue.Port + 1 }.Uri,
        RestAddress = new UriBuilder(queue) { Port = queue.Port + 2 }.Uri,
        PlatformAddress = new UriBuilder(queue) { Port = queue.Port + 4, Path = "/v1" }.Uri,
        AllowHttpOnLoopback = true,
    };

    /// <summary>A client of an emulator elsewhere, or of fal.</summary>
    /// <exception cref="ToolException">There is no key.</exception>
    public static FalClient Client(Uri? at)
    {
        try
        {
            return new FalClient(at is null ? new FalClientOptions() : OptionsFor(at));
        }
        catch (ArgumentException ex)
        {
            throw ToolException.From(ex);
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return Math.Min(((IPEndPoint)probe.LocalEndpoint).Port, IPEndPoint.MaxPort - Hosts);
    }
}
