using System.Diagnostics;

namespace Fal;

/// <summary>
/// The client for fal.ai: holds the API key and the HTTP connections. It is thread-safe: create one and share it. Dispose it after the last wait
/// for a job.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalClient : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly FalKey? _key;

    /// <summary>Takes the key from the environment: <c>FAL_KEY</c>, else <c>FAL_KEY_ID</c> and <c>FAL_KEY_SECRET</c>.</summary>
    /// <exception cref="ArgumentException">There is no key, or it is malformed. The message never shows it.</exception>
    public FalClient()
        : this(new FalClientOptions())
    {
    }

    /// <summary>Uses this key, as <c>id:secret</c>; if it is empty, the environment decides.</summary>
    /// <exception cref="ArgumentException">There is no key, or it is malformed. The message never shows it.</exception>
    public FalClient(string? key)
        : this(new FalClientOptions { Key = key })
    {
    }

    /// <summary>Uses these options.</summary>
    /// <exception cref="ArgumentException">An option has a value that cannot work, or there is no key. The message never shows a key.</exception>
    public FalClient(FalClientOptions options)
        : this(options, Environment.GetEnvironmentVariable)
    {
    }

    internal FalClient(FalClientOptions options, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(options);
        var key = _key = options.ProxyAddress is null ? FalKey.Find(options.Key, environment) : null;
        var adminKey = options.ProxyAddress is null ? FalKey.FindAdmin(options.AdminKey, environment) : null;
        Options = options.Checked();
        Transport = new FalTransport(Options, key, adminKey);
        Files = new FalFiles(Transport, Options.Uploads);
        Budget = Options.Costs?.NewBudget(Options);
        Services = new JobServices(Transport, Options, Budget);
    }

    /// <summary>Prices, costs and past requests.</summary>
    public FalPlatform Platform => Services.Platform;

    /// <summary>The budget and what was spent of it; null unless <see cref="FalClientOptions.Budget"/> is set.</summary>
    public FalBudget? Budget { get; }

    /// <summary>The observer of the client; null if it has none. For <see cref="FalDiagnostics.RecordJobEnd"/>.</summary>
    public FalObserver? Observer => Options.Observer;

    /// <summary>Uploads and downloads.</summary>
    public FalFiles Files { get; }

    /// <summary>The way to the network.</summary>
    internal FalTransport Transport { get; }

    /// <summary>What the jobs of the client use.</summary>
    internal JobServices Services { get; }

    /// <summary>The options that the client was made with, without the key.</summary>
    internal FalClientOptions Options { get; }

    /// <summary>Any endpoint by its id, with or without a spec: JSON in, JSON out, and no checks before sending.</summary>
    /// <param name="endpointId">The id as fal's pages show it: <c>owner/app</c> or <c>owner/app/path</c>.</param>
    /// <exception cref="ArgumentException">The text is not an endpoint id.</exception>
    public FalDynamicEndpoint Endpoint(string endpointId) => new(this, endpointId);

    /// <summary>
    /// Derives a secret of 32 bytes from the key (HKDF-SHA256): the same on every machine with this key, another one for another purpose. The key
    /// cannot be computed from it.
    /// </summary>
    /// <param name="purpose">What the secret is for, such as <c>my-app webhook URLs</c>.</param>
    public byte[] DeriveSecret(string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        return _key?.DeriveSecret(purpose)
            ?? throw new InvalidOperationException("A client with FalClientOptions.ProxyAddress has no key from which a secret could be derived.");
    }

    /// <summary>
    /// Closes the connections and ends every call that is under way: waits end with <see cref="ObjectDisposedException"/>, a submit that may have
    /// arrived with <see cref="FalOutcomeUnknownException"/>. Handlers and clients that came from outside stay open.
    /// </summary>
    public void Dispose() => Transport.Dispose();

    /// <summary>Where the client talks to; never the key.</summary>
    public override string ToString() => $"FalClient ({(Options.ProxyAddress is { } proxy ? "proxy " + proxy.Host : Transport.QueueAddress.Host)})";
}
