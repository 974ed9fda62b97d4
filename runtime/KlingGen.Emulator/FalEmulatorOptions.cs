using System.Net;

namespace Fal.Emulation;

/// <summary>Options of an emulator. They are read once, when it starts; later changes have no effect.</summary>
public sealed class FalEmulatorOptions
{
    /// <summary>
    /// The bundled documents to serve, as patterns over endpoint ids: <c>*</c> matches within one segment of an id,
    /// <c>**</c> matches any number of segments. All of them by default; empty for none.
    /// </summary>
    public IList<string> Bundled { get; } = ["**"];

    /// <summary>
    /// Your own documents: files, or folders that are searched recursively. In folders, overlays (<c>.overlay.json</c>) and
    /// documents that contain only types are skipped. Your own document replaces a bundled one of the same endpoint.
    /// </summary>
    public IList<string> Paths { get; } = [];

    /// <summary>Your own documents as JSON strings, for endpoints that a test invents.</summary>
    public IList<string> Documents { get; } = [];

    /// <summary>
    /// The key that callers must send, as <c>id:secret</c>; when null, a random key is created, see
    /// <see cref="FalEmulator.Key"/>.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>
    /// A key with the scope ADMIN, as <c>id:secret</c>, which some calls of the platform API need; when null, a random key
    /// is created, see <see cref="FalEmulator.AdminKey"/>.
    /// </summary>
    public string? AdminKey { get; set; }

    /// <summary>The price of one unit at every endpoint, in USD, as returned by the platform API; 0.07 by default.</summary>
    public decimal UnitPrice { get; set; } = 0.07m;

    /// <summary>
    /// The port of the queue; the run host, the rest host, the media host and the platform API use the next four ports. 0,
    /// the default, uses any five free ports.
    /// </summary>
    public int Port { get; set; }

    /// <summary>The port of the queue; when null, it is derived from <see cref="Port"/>.</summary>
    public int? QueuePort { get; set; }

    /// <summary>The port of the run host; when null, it is derived from <see cref="Port"/>.</summary>
    public int? RunPort { get; set; }

    /// <summary>The port of the rest host; when null, it is derived from <see cref="Port"/>.</summary>
    public int? RestPort { get; set; }

    /// <summary>The port of the media host; when null, it is derived from <see cref="Port"/>.</summary>
    public int? MediaPort { get; set; }

    /// <summary>The port of the platform API; when null, it is derived from <see cref="Port"/>.</summary>
    public int? PlatformPort { get; set; }

    /// <summary>
    /// The network address to listen on; the loopback address by default. On any other address, every host that can reach
    /// this machine can reach the emulator, over plain http. With <see cref="IPAddress.Any"/>, the URLs in responses have the
    /// loopback address, so that they work on this machine only.
    /// </summary>
    public IPAddress ListenOn { get; set; } = IPAddress.Loopback;

    /// <summary>The maximum size of a request body in bytes; 256 MiB by default. A larger one is answered with 413.</summary>
    public long LargestBody { get; set; } = 256 * 1024 * 1024;

    /// <summary>
    /// A file to which every received request is appended as one line of JSON, flushed before the request is answered; null,
    /// the default, for none. Bodies are truncated at 1 MiB; the secret of the key is not recorded.
    /// </summary>
    public string? RecordTo { get; set; }

    /// <summary>
    /// The maximum number of requests, of jobs, of webhook deliveries and of files to keep; 10,000 of each by default. The
    /// oldest are removed first, and a removed job or file is not found any more. Requests, and jobs that are over, are also
    /// removed when the bodies of all have more than 1 GiB.
    /// </summary>
    public int MostKept { get; set; } = 10_000;

    /// <summary>
    /// The maximum total size of files in bytes; 1 GiB by default. The oldest are removed first, and their URLs return 404.
    /// </summary>
    public long MostFileBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// Whether an invalid request is refused on submit. False, the default, is fal's behaviour: its queue accepts any JSON,
    /// and the job then fails, with 422 as the response to the result call. Invalid direct runs are always refused at once.
    /// </summary>
    public bool RefuseOnSubmit { get; set; }

    /// <summary>How webhooks are delivered and signed.</summary>
    public FalWebhookDeliveryOptions Webhooks { get; set; } = new();

    /// <summary>The clock of all delays. With your own clock, time advances only when you advance it.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is invalid.</exception>
    internal void Validate()
    {
        const int largestPort = IPEndPoint.MaxPort;
        OptionLimits.Require(Port is >= 0 and <= largestPort - 4, nameof(Port), Port, "0, or the first of five ports up to 65535");
        foreach (var (name, port) in (ReadOnlySpan<(string, int?)>)[(nameof(QueuePort), QueuePort), (nameof(RunPort), RunPort),
            (nameof(RestPort), RestPort), (nameof(MediaPort), MediaPort), (nameof(PlatformPort), PlatformPort)])
            OptionLimits.Require(port is null or (>= 0 and <= largestPort), name, port, "from 0 to 65535");
        // The message does not contain the key.
        OptionLimits.Require(Key is null || IsKey(Key), nameof(Key), null, "an id, a colon and a secret, in ASCII without spaces");
        OptionLimits.Require(AdminKey is null || IsKey(AdminKey), nameof(AdminKey), null, "an id, a colon and a secret, in ASCII without spaces");
        OptionLimits.Require(LargestBody >= 0 && LargestBody <= Array.MaxLength, nameof(LargestBody), LargestBody, $"from 0 to {Array.MaxLength}");
        OptionLimits.Require(MostKept >= 1, nameof(MostKept), MostKept, "at least 1");
        OptionLimits.Require(MostFileBytes >= 0, nameof(MostFileBytes), MostFileBytes, "at least 0");
        OptionLimits.Require(UnitPrice >= 0, nameof(UnitPrice), UnitPrice, "at least 0");
        OptionLimits.Require(ListenOn is not null, nameof(ListenOn), "null", "an IP address");
        OptionLimits.Require(TimeProvider is not null, nameof(TimeProvider), "null", "a clock");
        OptionLimits.Require(Webhooks is not null, nameof(Webhooks), "null", "options");
        Webhooks!.Validate();

        static bool IsKey(string key) => key.Length > 0 && key.All(letter => letter is > ' ' and <= '~');
    }
}
