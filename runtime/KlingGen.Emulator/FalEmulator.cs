using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;

namespace Fal.Emulation;

/// <summary>
/// In-process emulator of fal: serves endpoints from their documents over http on this machine, with fal's protocol. For
/// tests, demos, and work without a key or a network.
/// </summary>
/// <example><code>
/// await using var fal = await FalEmulator.StartAsync();
/// using var client = fal.CreateClient();
/// var result = await client.KlingVideo().V1_6.Pro.ImageToVideo.RunAsync(request);
/// Assert.Equal(1, fal.Received.CountOf(FalOperation.Submit));
/// </code></example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalEmulator : IAsyncDisposable
{
    private readonly EmulatorServices _services;
    private readonly IHost _host;

    private FalEmulator(EmulatorServices services, IHost host)
    {
        _services = services;
        _host = host;
    }

    /// <summary>The URL that replaces <c>https://queue.fal.run</c>: jobs are submitted here.</summary>
    public Uri QueueAddress => _services.Addresses.Queue;

    /// <summary>The URL that replaces <c>https://fal.run</c>: direct runs of models.</summary>
    public Uri RunAddress => _services.Addresses.Run;

    /// <summary>The URL that replaces <c>https://rest.fal.ai</c>: uploads are announced here.</summary>
    public Uri RestAddress => _services.Addresses.Rest;

    /// <summary>The URL that replaces <c>https://v3.fal.media</c>: files are uploaded and downloaded here.</summary>
    public Uri MediaAddress => _services.Addresses.Media;

    /// <summary>
    /// The URL that replaces <c>https://api.fal.ai/v1</c>: prices, past requests and account data, from the emulator's own records.
    /// </summary>
    public Uri PlatformAddress => _services.Addresses.Platform;

    /// <summary>The key with the scope ADMIN, for calls of the platform API that need it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string AdminKey => _services.AdminKey;

    /// <summary>The key that callers must send.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Key => _services.Key;

    /// <summary>The ids of the endpoints that are served, in ordinal order.</summary>
    public IReadOnlyList<string> Endpoints => _services.Documents.Endpoints;

    /// <summary>The script that decides how each job runs.</summary>
    public FalEmulatorScript Script => _services.Script;

    /// <summary>The planned faults.</summary>
    public FalFaultPlan Faults => _services.Faults;

    /// <summary>The log of all received requests, for assertions.</summary>
    public FalRequestLog Received => _services.Received;

    /// <summary>The files that clients uploaded or that results contain.</summary>
    public FalEmulatedFiles Files => _services.Files;

    /// <summary>The log of webhook deliveries.</summary>
    public FalWebhookLog Webhooks => _services.Reporter.Deliveries;

    /// <summary>The signer of the webhooks. Its keys are served like fal's own, below <see cref="RestAddress"/>.</summary>
    public FalWebhookSigner WebhookSigner => _services.Reporter.Signer;

    /// <summary>Starts an emulator. Dispose it to stop it.</summary>
    /// <param name="options">The options; null for the bundled documents on free ports.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ArgumentException">An option or a document is invalid; the message names it.</exception>
    /// <exception cref="IOException">A port is in use, or the file of <see cref="FalEmulatorOptions.RecordTo"/> cannot be
    /// written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file of <see cref="FalEmulatorOptions.RecordTo"/> is a folder or
    /// not accessible.</exception>
    public static async Task<FalEmulator> StartAsync(FalEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FalEmulatorOptions();
        options.Validate();
        var services = Compose(options);
        try
        {
            return new FalEmulator(services, await EmulatorHost.StartAsync(options, services, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            services.Journal?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Creates options for a client of this emulator: its URLs, its key, its clock, a first poll after one millisecond and
    /// later polls at most 20 milliseconds apart, so that the end of a job is detected quickly. You can change them.
    /// </summary>
    public FalClientOptions CreateClientOptions() => new()
    {
        Key = Key,
        QueueAddress = QueueAddress,
        RunAddress = RunAddress,
        RestAddress = RestAddress,
        PlatformAddress = PlatformAddress,
        AdminKey = AdminKey,
        AllowHttpOnLoopback = true,
        TimeProvider = _services.Time,
        Polling = new FalPolling { Shortest = TimeSpan.FromMilliseconds(1), Longest = TimeSpan.FromMilliseconds(20), Jitter = 0 },
    };

    /// <summary>Creates a client of this emulator. Dispose it like any other client.</summary>
    /// <param name="change">Changes the client's options before the client is created.</param>
    public FalClient CreateClient(Action<FalClientOptions>? change = null)
    {
        var options = CreateClientOptions();
        change?.Invoke(options);
        return new FalClient(options);
    }

    /// <summary>Stops the emulator and aborts pending requests.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await _host.StopAsync(now.Token).ConfigureAwait(false);
        _host.Dispose();
        _services.Reporter.Dispose();
        _services.Journal?.Dispose();
    }

    private static string NewKey() => $"{Guid.NewGuid()}:{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}";

    private static EmulatorServices Compose(FalEmulatorOptions options) => new(
        options.TimeProvider,
        (options.Key ?? NewKey(), options.AdminKey ?? NewKey()),
        new EmulatorLimits(options.LargestBody, options.MostKept, options.MostFileBytes),
        new DocumentSet(options.Bundled, options.Paths, options.Documents),
        options.Webhooks)
    {
        RefuseOnSubmit = options.RefuseOnSubmit,
        UnitPrice = options.UnitPrice,
        Journal = options.RecordTo is { } path ? new RequestJournal(path) : null,
    };

    /// <summary>Returns the URL of the queue and the number of endpoints, but never the key.</summary>
    public override string ToString() => $"FalEmulator ({QueueAddress}, {_services.Documents.Endpoints.Count} endpoints)";
}
