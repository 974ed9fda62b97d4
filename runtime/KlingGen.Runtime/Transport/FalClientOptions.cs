using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>Options of a <see cref="FalClient"/>. They are read once, when the client is created; later changes have no effect.</summary>
/// <remarks>
/// Binds from configuration, also with the binding source generator: <c>configuration.GetSection("Fal").Bind(options)</c>.
/// Check the result with <see cref="Validate"/>. Bind to an existing object: with the binding source generator of .NET 8,
/// <c>Get&lt;FalClientOptions&gt;()</c> sets every property that the section omits to zero or null instead of its default.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
#pragma warning disable CA1051 // Visible fields: see HttpHandler.
public sealed class FalClientOptions
{
    /// <summary>
    /// The key, as <c>id:secret</c>. If null or empty, the key comes from the environment: <c>FAL_KEY</c>, else
    /// <c>FAL_KEY_ID</c> and <c>FAL_KEY_SECRET</c>.
    /// </summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Key { get; set; }

    /// <summary>
    /// A key with the scope ADMIN, for the few calls of <see cref="FalClient.Platform"/> that need one. If null or empty, it
    /// comes from the environment variable <c>FAL_ADMIN_KEY</c>. It is sent to <see cref="PlatformAddress"/> only, and only
    /// with these calls.
    /// </summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? AdminKey { get; set; }

    /// <summary>
    /// The base URL of the queue; <c>https://queue.fal.run</c> unless set here or by the environment variable
    /// <c>FAL_QUEUE_ADDRESS</c>, which accepts loopback URLs only (an emulator's). The key is sent there.
    /// </summary>
    public Uri QueueAddress { get; set; } = FalEnvironment.OfProcess.AddressOr(FalEnvironment.Queue, "https://queue.fal.run");

    /// <summary>
    /// The base URL of direct runs and model streams; <c>https://fal.run</c> unless set here or by <c>FAL_RUN_ADDRESS</c>.
    /// The key is sent there.
    /// </summary>
    public Uri RunAddress { get; set; } = FalEnvironment.OfProcess.AddressOr(FalEnvironment.Run, "https://fal.run");

    /// <summary>
    /// The base URL of upload requests and of webhook keys; <c>https://rest.fal.ai</c> unless set here or by
    /// <c>FAL_REST_ADDRESS</c>. The key is sent there.
    /// </summary>
    public Uri RestAddress { get; set; } = FalEnvironment.OfProcess.AddressOr(FalEnvironment.Rest, "https://rest.fal.ai");

    /// <summary>
    /// The base URL of the platform API, with its path: prices, past requests and account data; <c>https://api.fal.ai/v1</c>
    /// unless set here or by <c>FAL_PLATFORM_ADDRESS</c>. The key is sent there, and the admin key with the calls that need
    /// it.
    /// </summary>
    public Uri PlatformAddress { get; set; } = FalEnvironment.OfProcess.AddressOr(FalEnvironment.Platform, "https://api.fal.ai/v1");

    /// <summary>
    /// The URL of a proxy that has the key, such as <c>https://app.example.com/api/fal/proxy</c>: for apps in a browser
    /// (Blazor WebAssembly) and on devices (MAUI), which cannot keep a key secret. It replaces <see cref="Key"/> and the URLs
    /// above. Uploads are requested through it; the files go directly to fal's storage. Null, the default, means that this
    /// client has the key.
    /// </summary>
    public Uri? ProxyAddress { get; set; }

    /// <summary>
    /// Allows plain http for loopback URLs, such as an emulator's. All other URLs must be https. True if a URL in the
    /// environment is plain http.
    /// </summary>
    public bool AllowHttpOnLoopback { get; set; } = FalEnvironment.OfProcess.UsesHttp;

    /// <summary>
    /// Allows fal's backup hosts (<c>queue.falrun.com</c>, <c>falrun.com</c>), which then receive the key too. They are used
    /// once per call, and only if no connection to the usual host was established.
    /// </summary>
    public bool UseBackupHosts { get; set; }

    /// <summary>Timeout of one attempt of an ordinary call, from the connection to the last byte of the answer; 100 seconds unless set.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Timeout of one attempt to send a file, or a part of one; 15 minutes unless set.</summary>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Timeout of a direct run, and of a model stream until it begins and between two events; 15 minutes unless set.
    /// Keep-alive comments in a stream do not count as events.
    /// </summary>
    public TimeSpan DirectRunTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Overall deadline for submitting, waiting for and fetching a job, unless the call has its own. Null, the default, means
    /// none: a wait ends with the job.
    /// </summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>
    /// The maximum size of a result, an answer of a direct run or an event of a model stream, in bytes; 256 MiB unless set,
    /// at most 1 GiB. A larger one ends in <see cref="FalResponseTooLargeException"/>; if it is the result of a job, a client
    /// with a larger limit can resume its token. Other answers have fixed limits.
    /// </summary>
    public long MaxResultBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Retry settings; up to 4 retries with exponential backoff unless set. Which calls are retried is not configurable.</summary>
    public FalRetryOptions Retry { get; set; } = new();

    /// <summary>The polling intervals of a job that is waited for, unless the call has its own.</summary>
    public FalPolling Polling { get; set; } = new();

    /// <summary>The price list for cost estimates; the list in the package unless set.</summary>
    /// <remarks>A field, for the reason given at <see cref="HttpHandler"/>.</remarks>
    public FalPriceList Prices = FalPriceList.Bundled;

    /// <summary>
    /// The maximum cost of all calls of this client together, in the currency of <see cref="Prices"/>. A call whose estimate
    /// exceeds the rest of the budget, or is unknown, ends in <see cref="FalCostLimitException"/> before anything is sent.
    /// Null, the default, means no limit. See <see cref="FalClient.Budget"/>.
    /// </summary>
    public decimal? Budget
    {
        get => _budget;
        set => (_budget, Costs) = (value, new CostChecks());
    }

    private decimal? _budget;

    /// <summary>The cost checks of all calls; null if no budget was ever set.</summary>
    internal CostChecks? Costs { get; private set; }

    /// <summary>
    /// Permits calls of unknown cost in spite of <see cref="Budget"/> and <see cref="FalSubmitOptions.MaxCost"/>; false
    /// unless set.
    /// </summary>
    public bool AllowUnknownCost { get; set; }

    /// <summary>Upload settings.</summary>
    public FalUploadSettings Uploads { get; set; } = new();

    /// <summary>The name and version of your program, which precede KlingGen's own in the <c>User-Agent</c> header: <c>"my-app/1.2"</c>.</summary>
    public string? UserAgent { get; set; }

    /// <summary>
    /// The handler that sends the requests; for proxies, certificates and tests. It must not follow redirects. The client
    /// does not dispose it. Set this or <see cref="HttpClient"/>, not both.
    /// </summary>
    /// <remarks>
    /// A field, like all options that no configuration can contain: the configuration binding source generator, which Native
    /// AOT needs, warns about every property whose type it cannot bind, and ignores fields.
    /// </remarks>
    public HttpMessageHandler? HttpHandler;

    /// <summary>
    /// The client that sends the requests, through its own handlers; its <c>Timeout</c> applies to each attempt as well. No
    /// handler may follow redirects or retry a POST. The client does not dispose it.
    /// </summary>
    /// <remarks>
    /// The body of a call that starts work throws when it is sent a second time, which stops a handler that retries it. A
    /// handler that has buffered the body before (<see cref="HttpContent.LoadIntoBufferAsync()"/>,
    /// <see cref="HttpContent.ReadAsStringAsync()"/>) hides the second send from this check: with such a handler, retries for
    /// POST must be off (<c>Retry.DisableForUnsafeHttpMethods()</c>).
    /// </remarks>
    public HttpClient? HttpClient;

    /// <summary>Observer of jobs and calls, for logs and counters of your own. A field, for the reason given at <see cref="HttpHandler"/>.</summary>
    public FalObserver? Observer;

    /// <summary>The clock for all pauses and timeouts.</summary>
    public TimeProvider TimeProvider = TimeProvider.System;

    /// <summary>
    /// Creates a handler like that of a client without <see cref="HttpHandler"/>: no redirects, no cookies, connections
    /// closed after 30 seconds idle and after 10 minutes. For an <c>IHttpClientFactory</c>.
    /// </summary>
    public static HttpMessageHandler CreateHttpHandler() => HttpSender.NewPlatformHandler();

    /// <summary>The URLs, and whether a key is set here; never the key.</summary>
    public override string ToString() => ProxyAddress is not null
        ? $"FalClientOptions (proxy {ProxyAddress})"
        : $"FalClientOptions (queue {QueueAddress}, key {(string.IsNullOrWhiteSpace(Key) ? "from the environment" : "set")})";

    /// <summary>
    /// Validates every option that can be checked without the key and the network, as the constructor of the client does; for
    /// a check at start-up.
    /// </summary>
    /// <exception cref="ArgumentException">An option has a value that cannot work. The message names it.</exception>
    public void Validate()
    {
        FalEnvironment.OfProcess.Check();
        OptionRules.RequireLimit(AttemptTimeout, "FalClientOptions.AttemptTimeout");
        OptionRules.RequireLimit(TransferTimeout, "FalClientOptions.TransferTimeout");
        OptionRules.RequireLimit(DirectRunTimeout, "FalClientOptions.DirectRunTimeout");
        OptionRules.RequireLimit(Deadline, "FalClientOptions.Deadline");
        if (Budget < 0) throw new ArgumentException("FalClientOptions.Budget must not be negative.");
        if (MaxResultBytes is < 1 or > 1L << 30) throw new ArgumentException("FalClientOptions.MaxResultBytes must be between 1 byte and 1 GiB.");
        ArgumentNullException.ThrowIfNull(Retry);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(Polling);
        ArgumentNullException.ThrowIfNull(Prices);
        Retry.Validate();
        Polling.Validate();
        ArgumentNullException.ThrowIfNull(Uploads);
        Uploads.Validate();
        if (UserAgent is not null) FalHeaders.RequireValue("FalClientOptions.UserAgent", UserAgent);
        if (HttpHandler is not null && HttpClient is not null)
        {
            throw new ArgumentException("Give FalClientOptions.HttpHandler or FalClientOptions.HttpClient, not both.");
        }
        if (ProxyAddress is not null && !(string.IsNullOrWhiteSpace(Key) && string.IsNullOrWhiteSpace(AdminKey)))
        {
            throw new ArgumentException(
                "FalClientOptions.ProxyAddress excludes Key and AdminKey: the proxy has the key, and a key in an app can be read by its users.");
        }
        _ = new FalAddresses(this);
        HttpSender.Validate(this);
    }

    /// <summary>Returns a copy without the key, validated.</summary>
    internal FalClientOptions Checked()
    {
        Validate();
        var copy = (FalClientOptions)MemberwiseClone();
        copy.Key = null;
        copy.AdminKey = null;
        (copy.Retry, copy.Polling, copy.Uploads) = (Retry with { }, Polling with { }, Uploads with { });
        return copy;
    }
}
