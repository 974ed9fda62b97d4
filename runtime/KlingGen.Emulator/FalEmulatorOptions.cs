using System.Net;

namespace Fal.Emulation;

/// <summary>What an emulator serves and how. Read once, when it starts; changes afterwards do nothing.</summary>
public sealed class FalEmulatorOptions
{
    /// <summary>
    /// Which of the documents that come with this package are served, as patterns over endpoint ids: <c>*</c> stands
    /// for anything within one part of an id, <c>**</c> for any number of parts. All of them unless changed; empty for
    /// none.
    /// </summary>
    public IList<string> Bundled { get; } = ["**"];

    /// <summary>
    /// Documents of your own: files, or folders that are searched with all they contain. There, overlays (which end in <c>.overlay.json</c>) and
    /// documents that only hold types are passed over. A document of your own stands in for a bundled one of the same endpoint.
    /// </summary>
    public IList<string> Paths { get; } = [];

    /// <summary>Documents of your own as JSON text, for endpoints that a test makes up.</summary>
    public IList<string> Documents { get; } = [];

    /// <summary>
    /// The key that callers must bring, as <c>id:secret</c>; when null, one is made up, and
    /// <see cref="FalEmulator.Key"/> tells it.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>
    /// A key with the scope ADMIN, as <c>id:secret</c>, which some calls of the platform API need; when null, one is made up, and
    /// <see cref="FalEmulator.AdminKey"/> tells it.
    /// </summary>
    public string? AdminKey { get; set; }

    /// <summary>The price of one unit at every endpoint, in USD, as the platform API tells it; 0.07 unless set.</summary>
    public decimal UnitPrice { get; set; } = 0.07m;

    /// <summary>
    /// The port of the queue; the run host, the rest host, the media host and the platform API take the four that follow. 0, the default, takes any
    /// five that are free.
    /// </summary>
    public int Port { get; set; }

    /// <summary>The port of the queue alone; when null, <see cref="Port"/> decides.</summary>
    public int? QueuePort { get; set; }

    /// <summary>The port of the run host alone; when null, <see cref="Port"/> decides.</summary>
    public int? RunPort { get; set; }

    /// <summary>The port of the rest host alone; when null, <see cref="Port"/> decides.</summary>
    public int? RestPort { get; set; }

    /// <summary>The port of the media host alone; when null, <see cref="Port"/> decides.</summary>
    public int? MediaPort { get; set; }

    /// <summary>The port of the platform API alone; when null, <see cref="Port"/> decides.</summary>
    public int? PlatformPort { get; set; }

    /// <summary>
    /// The network address to listen on; the loopback one unless set. On any other, every host that reaches this machine reaches the emulator,
    /// over plain http.
    /// </summary>
    public IPAddress ListenOn { get; set; } = IPAddress.Loopback;

    /// <summary>The largest request body that is taken, in bytes; a larger one is answered with 413. 256 MiB unless set.</summary>
    public long LargestBody { get; set; } = 256 * 1024 * 1024;

    /// <summary>
    /// A file to which every received request is appended as one line of JSON, flushed before the request is answered; null, the default, for none.
    /// Bodies are
    /// cut at 1 MiB; the secret of the key is not in it.
    /// </summary>
    public string? RecordTo { get; set; }

    /// <summary>
    /// How many requests and how many jobs are kept; the oldest are forgotten first, and a forgotten job is not found any more. 10,000 of each unless
    /// set.
    /// </summary>
    public int MostKept { get; set; } = 10_000;

    /// <summary>
    /// How many bytes of files are kept altogether; the oldest are forgotten first, and their URLs answer 404. 1 GiB unless set.
    /// </summary>
    public long MostFileBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// Whether a request that breaks its document is refused when it is submitted. False, the default, is what fal
    /// does: its queue takes any JSON, and the job then fails, with 422 as the response to a request for its result.
    /// Direct runs are refused at once either way.
    /// </summary>
    public bool RefuseOnSubmit { get; set; }

    /// <summary>How webhooks are delivered and signed.</summary>
    public FalWebhookDeliveryOptions Webhooks { get; set; } = new();

    /// <summary>The clock behind everything that takes time. On a clock of your own nothing moves until you move it.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
