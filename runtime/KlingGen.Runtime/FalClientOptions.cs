using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>How a <see cref="FalClient"/> reaches fal. Read once, when the client is made; changes afterwards do nothing.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalClientOptions
{
    /// <summary>
    /// The key, as <c>id:secret</c>. When null or empty, the environment decides: <c>FAL_KEY</c>, else <c>FAL_KEY_ID</c> and <c>FAL_KEY_SECRET</c>.
    /// </summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Key { get; set; }

    /// <summary>Where jobs are queued; <c>https://queue.fal.run</c> unless set. The key is sent there.</summary>
    public Uri QueueAddress { get; set; } = new("https://queue.fal.run");

    /// <summary>Where direct runs and model streams go; <c>https://fal.run</c> unless set. The key is sent there.</summary>
    public Uri RunAddress { get; set; } = new("https://fal.run");

    /// <summary>Where uploads are announced and webhook keys are published; <c>https://rest.fal.ai</c> unless set. The key is sent there.</summary>
    public Uri RestAddress { get; set; } = new("https://rest.fal.ai");

    /// <summary>Allows plain http for addresses on this machine, such as an emulator's. Everything else is https, always.</summary>
    public bool AllowHttpOnLoopback { get; set; }

    /// <summary>
    /// Allows fal's backup hosts (<c>queue.falrun.com</c>, <c>falrun.com</c>), which then see the key too. They are asked once per call, and only if no
    /// connection to the usual host came to be.
    /// </summary>
    public bool UseBackupHosts { get; set; }

    /// <summary>How long one try of an ordinary call may take, from the connection to the last byte of the answer; 100 seconds unless set.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one try of sending a file, or a part of one, may take; 15 minutes unless set.</summary>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a direct run may take; 15 minutes unless set.</summary>
    public TimeSpan DirectRunTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long submitting, waiting and fetching a job may take altogether, where a call says nothing else; null, the default, is without end.</summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>How calls are repeated that may be repeated.</summary>
    public FalRetryOptions Retry { get; set; } = new();

    /// <summary>How often a waiting job asks for its status, where a call says nothing else.</summary>
    public FalPolling Polling { get; set; } = new();

    /// <summary>The prices behind cost estimates; the list that comes with the package unless set.</summary>
    [JsonIgnore]
    public FalPriceList Prices { get; set; } = FalPriceList.Bundled;

    /// <summary>How files are uploaded.</summary>
    public FalUploadSettings Uploads { get; set; } = new();

    /// <summary>The name and version of your program, put before KlingGen's own in the <c>User-Agent</c> header: <c>"my-app/1.2"</c>.</summary>
    public string? UserAgent { get; set; }

    /// <summary>
    /// Sends the requests; for proxies, certificates and tests. It must not follow redirects. The client does not dispose it. Give this or
    /// <see cref="HttpClient"/>, not both.
    /// </summary>
    [JsonIgnore]
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>
    /// Sends the requests, with whatever handlers it has; its own <c>Timeout</c> applies to each try as well. None of them may follow redirects or repeat
    /// a POST. The client does not dispose it.
    /// </summary>
    [JsonIgnore]
    public HttpClient? HttpClient { get; set; }

    /// <summary>The clock behind every pause and time limit.</summary>
    [JsonIgnore]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The addresses, and whether a key is set here; never the key.</summary>
    public override string ToString() => $"FalClientOptions (queue {QueueAddress}, key {(string.IsNullOrWhiteSpace(Key) ? "from the environment" : "set")})";

    /// <summary>A copy without the key, checked.</summary>
    internal FalClientOptions Checked()
    {
        RequireLimit(AttemptTimeout, nameof(AttemptTimeout));
        RequireLimit(TransferTimeout, nameof(TransferTimeout));
        RequireLimit(DirectRunTimeout, nameof(DirectRunTimeout));
        if (Deadline is { } deadline) RequireLimit(deadline, nameof(Deadline));
        ArgumentNullException.ThrowIfNull(Retry);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(Polling);
        ArgumentNullException.ThrowIfNull(Prices);
        Retry.Validate();
        Polling.Validate();
        ArgumentNullException.ThrowIfNull(Uploads);
        Uploads.Validate();
        if (UserAgent is not null) FalHeaders.RequireValue("FalClientOptions.UserAgent", UserAgent);
        if (HttpHandler is not null && HttpClient is not null) throw new ArgumentException("Give FalClientOptions.HttpHandler or FalClientOptions.HttpClient, not both.");
        var copy = (FalClientOptions)MemberwiseClone();
        copy.Key = null;
        return copy;
    }

    private static void RequireLimit(TimeSpan value, string name)
    {
        // Timers end at about 49 days.
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(45)) throw new ArgumentException($"FalClientOptions.{name} must be more than zero and at most 45 days.");
    }
}
