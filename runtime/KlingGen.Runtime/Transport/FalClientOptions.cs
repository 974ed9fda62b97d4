using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>How a <see cref="FalClient"/> reaches fal. Read once, when the client is made; changes afterwards do nothing.</summary>
/// <remarks>
/// Binds from configuration, with the binding source generator as well: <c>configuration.GetSection("Fal").Bind(options)</c>. Check the result with
/// <see cref="Validate"/>. Bind onto an object: <c>Get&lt;FalClientOptions&gt;()</c> with the binding source generator that .NET 8 brings sets
/// what the section leaves out to zero or null instead of the default.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
#pragma warning disable CA1051 // Visible fields: see HttpHandler.
public sealed class FalClientOptions
{
    /// <summary>
    /// The key, as <c>id:secret</c>. When null or empty, the environment decides: <c>FAL_KEY</c>, else <c>FAL_KEY_ID</c> and <c>FAL_KEY_SECRET</c>.
    /// </summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Key { get; set; }

    /// <summary>
    /// A key with the scope ADMIN, for the few calls of <see cref="FalClient.Platform"/> that need one. When null or empty, the environment variable
    /// <c>FAL_ADMIN_KEY</c> decides. It goes to <see cref="PlatformAddress"/> with these calls alone.
    /// </summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? AdminKey { get; set; }

    /// <summary>
    /// Where jobs are queued; <c>https://queue.fal.run</c> unless set here or by the environment variable <c>FAL_QUEUE_ADDRESS</c>, which accepts
    /// addresses of this machine only (an emulator's). The key is sent there.
    /// </summary>
    public Uri QueueAddress { get; set; } = FalEnvironment.OfProcess.AddressOr(FalEnvironment.Queue, "https://queue.fal.run");

    /// <summary>
    /// Where direct runs and model streams go; <c>https://fal.run</c> unless set here or by <c>FAL_RUN_ADDRESS</c>. The key is sent there.
    /// </summary>
    public Uri RunAddress { get; set; } = FalEnvironment.OfProcess.AddressOr(FalEnvironment.Run, "https://fal.run");

    /// <summary>
    /// Where uploads are announced and webhook keys are published; <c>https://rest.fal.ai</c> unless set here or by <c>FAL_REST_ADDRESS</c>. The key
    /// is sent there.
    /// </summary>
    public Uri RestAddress { get; set; } = FalEnvironment.OfProcess.AddressOr(FalEnvironment.Rest, "https://rest.fal.ai");

    /// <summary>
    /// The platform API, with its path: prices, past requests and account data; <c>https://api.fal.ai/v1</c> unless set here or by
    /// <c>FAL_PLATFORM_ADDRESS</c>. The key is sent there, and the admin key with the calls that need it.
    /// </summary>
    public Uri PlatformAddress { get; set; } = FalEnvironment.OfProcess.AddressOr(FalEnvironment.Platform, "https://api.fal.ai/v1");

    /// <summary>
    /// The URL of a proxy that has the key, such as <c>https://app.example.com/api/fal/proxy</c>: for apps in a browser (Blazor WebAssembly) and
    /// on devices (MAUI), which cannot keep a key. It takes the place of <see cref="Key"/> and of the addresses above. Uploads are announced
    /// through it; the files go to fal's storage directly. Null, the default, means that this client has the key.
    /// </summary>
    public Uri? ProxyAddress { get; set; }

    /// <summary>
    /// Allows plain http for addresses on this machine, such as an emulator's. Everything else is https, always. True if an address in the
    /// environment is plain http.
    /// </summary>
    public bool AllowHttpOnLoopback { get; set; } = FalEnvironment.OfProcess.UsesHttp;

    /// <summary>
    /// Allows fal's backup hosts (<c>queue.falrun.com</c>, <c>falrun.com</c>), which then see the key too. They are asked once per call, and
    /// only if no connection to the usual host came to be.
    /// </summary>
    public bool UseBackupHosts { get; set; }

    /// <summary>
    /// How long one attempt of an ordinary call may take, from the connection to the last byte of the answer; 100 seconds unless set.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one attempt to send a file, or a part of one, may take; 15 minutes unless set.</summary>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a direct run may take, and a model stream until it begins and between two events; 15 minutes unless set. Comments that keep a stream
    /// alive do not count as events.
    /// </summary>
    public TimeSpan DirectRunTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Overall deadline for submitting, waiting for and fetching a job, where a call has none of its own. Null, the default, means none: a wait
    /// ends with the job.
    /// </summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>
    /// The largest result, answer of a direct run or event of a model stream that is taken into memory, in bytes; 256 MiB unless set, at most 1 GiB.
    /// A larger one ends in <see cref="FalResponseTooLargeException"/>, whose token a client with a larger limit can resume. Other answers have
    /// fixed limits.
    /// </summary>
    public long MaxResultBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Retry settings; up to 4 retries with exponential backoff unless set. Which calls are retried is not a setting.</summary>
    public FalRetryOptions Retry { get; set; } = new();

    /// <summary>The polling interval of jobs that are waited for, unless the options of the call set another.</summary>
    public FalPolling Polling { get; set; } = new();

    /// <summary>The prices behind cost estimates; the list that comes with the package unless set.</summary>
    /// <remarks>A field, for the reason given at <see cref="HttpHandler"/>.</remarks>
    public FalPriceList Prices = FalPriceList.Bundled;

    /// <summary>
    /// The most that all calls of this client may cost, in the currency of <see cref="Prices"/>. A call whose estimate no longer fits, or is unknown,
    /// ends in <see cref="FalCostLimitException"/> before anything is sent. Null, the default, means no limit. See <see cref="FalClient.Budget"/>.
    /// </summary>
    public decimal? Budget { get; set; }

    /// <summary>Lets calls whose cost is unknown pass <see cref="Budget"/> and <see cref="FalSubmitOptions.MaxCost"/>; false unless set.</summary>
    public bool AllowUnknownCost { get; set; }

    /// <summary>How files are uploaded.</summary>
    public FalUploadSettings Uploads { get; set; } = new();

    /// <summary>The name and version of your program, put before KlingGen's own in the <c>User-Agent</c> header: <c>"my-app/1.2"</c>.</summary>
    public string? UserAgent { get; set; }

    /// <summary>
    /// Sends the requests; for proxies, certificates and tests. It must not follow redirects. The client does not dispose it. Give this or
    /// <see cref="HttpClient"/>, not both.
    /// </summary>
    /// <remarks>
    /// A field, as are the other members that no configuration can hold: the configuration binding source generator, which Native AOT needs, warns
    /// about every property whose type it cannot bind, and ignores fields.
    /// </remarks>
    public HttpMessageHandler? HttpHandler;

    /// <summary>
    /// Sends the requests, with whatever handlers it has; its own <c>Timeout</c> applies to each attempt as well. None of them may follow redirects
    /// or repeat a POST. The client does not dispose it.
    /// </summary>
    /// <remarks>
    /// The body of a call that starts work refuses to be sent a second time, which stops a handler that repeats it. A handler that has read the body
    /// into memory before (<see cref="HttpContent.LoadIntoBufferAsync()"/>, <see cref="HttpContent.ReadAsStringAsync()"/>) hides the second send from
    /// this check: with such a handler, retries for POST must be off (<c>Retry.DisableForUnsafeHttpMethods()</c>).
    /// </remarks>
    public HttpClient? HttpClient;

    /// <summary>Hears of jobs and calls, for logs and counters of your own. A field, for the reason given at <see cref="HttpHandler"/>.</summary>
    public FalObserver? Observer;

    /// <summary>The clock behind every pause and time limit.</summary>
    public TimeProvider TimeProvider = TimeProvider.System;

    /// <summary>
    /// A handler as a client makes it for itself: without redirects and cookies, with connections that are closed after 30 seconds idle and after 10
    /// minutes. For an <c>IHttpClientFactory</c>.
    /// </summary>
    public static HttpMessageHandler CreateHttpHandler() => HttpSender.NewPlatformHandler();

    /// <summary>The addresses, and whether a key is set here; never the key.</summary>
    public override string ToString() => ProxyAddress is not null
        ? $"FalClientOptions (proxy {ProxyAddress})"
        : $"FalClientOptions (queue {QueueAddress}, key {(string.IsNullOrWhiteSpace(Key) ? "from the environment" : "set")})";

    /// <summary>
    /// Checks every option that can be checked without the key and the network, as the client does when it is made: for a check at start-up.
    /// </summary>
    /// <exception cref="ArgumentException">An option has a value that cannot work. The message names it.</exception>
    public void Validate()
    {
        FalEnvironment.OfProcess.Check();
        RequireLimit(AttemptTimeout, nameof(AttemptTimeout));
        RequireLimit(TransferTimeout, nameof(TransferTimeout));
        RequireLimit(DirectRunTimeout, nameof(DirectRunTimeout));
        if (Deadline is { } deadline) RequireLimit(deadline, nameof(Deadline));
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

    /// <summary>A copy without the key, checked.</summary>
    internal FalClientOptions Checked()
    {
        Validate();
        var copy = (FalClientOptions)MemberwiseClone();
        copy.Key = null;
        copy.AdminKey = null;
        (copy.Retry, copy.Polling, copy.Uploads) = (Retry with { }, Polling with { }, Uploads with { });
        return copy;
    }

    private static void RequireLimit(TimeSpan value, string name)
    {
        // Timers end at about 49 days.
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(45))
        {
            throw new ArgumentException($"FalClientOptions.{name} must be more than zero and at most 45 days.");
        }
    }
}
