using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Fal;

/// <summary>
/// Spans and metrics, named as OpenTelemetry names HTTP and GenAI clients; docs/TELEMETRY.md lists them. Never a query, a body, a header or the
/// path of a foreign URL: those hold prompts, keys and signatures. One source and one meter for the process, however many clients there are.
/// </summary>
internal static class FalTelemetry
{
    private const int LongestErrorType = 64;

    private static readonly SearchValues<char> WordChars
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    // Up to an hour: a video takes minutes, and the usual boundaries end at 10 seconds.
    internal static readonly double[] Seconds =
        [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1800, 3600];

    internal static readonly ActivitySource Source = new(FalDiagnostics.ActivitySourceName, FalVersion.Text);
    private static readonly Meter Meter = new(FalDiagnostics.MeterName, FalVersion.Text);

    private static readonly Histogram<double> CallDuration = Histogram(
        "fal.client.call.duration",
        "s",
        "Duration of one attempt of a call, to the headers or, where the body is read at once, to its end.",
        Seconds);

    private static readonly Counter<long> CallResends = Meter.CreateCounter<long>(
        "fal.client.call.resends", "{request}", "Attempts beyond a call's first.");

    private static readonly Histogram<double> JobUnits = Histogram(
        "fal.job.billable_units", "{unit}", "What a job cost, in the units of its endpoint's price.", [0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 500]);

    private static readonly Histogram<long> UploadSize = Histogram<long>(
        "fal.upload.size", "By", "Size of an uploaded file.", [10_000, 100_000, 1_000_000, 10_000_000, 50_000_000, 100_000_000, 1_000_000_000]);

    /// <summary>The current activity as W3C trace context.</summary>
    public static string? CurrentTraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>Begins the span of a submit: checks, uploads and the request that queues the job.</summary>
    public static Activity? StartSubmit(string endpointId)
    {
        if (!Source.HasListeners()) return null;
        return Start("submit " + endpointId, ActivityKind.Producer)?.SetTag("fal.endpoint", endpointId);
    }

    /// <summary>Begins the span of a direct run, which lasts as long as the call.</summary>
    public static Activity? StartDirectRun(string endpointId)
    {
        var activity = Start("generate_content " + endpointId, ActivityKind.Client);
        if (activity is { IsAllDataRequested: true }) AddModel(activity, endpointId);
        return activity;
    }

    /// <summary>Marks a span as failed.</summary>
    public static void Fail(Activity? activity, string? errorType)
    {
        if (errorType is null) return;
        activity?.SetTag("error.type", errorType);
        activity?.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>What a job cost.</summary>
    public static void RecordUnits(string endpointId, decimal? units)
    {
        if (units is not { } known) return;
        Tell((known, endpointId), static job => JobUnits.Record((double)job.known, new TagList { { "fal.endpoint", job.endpointId } }));
    }

    /// <summary>The size of an uploaded file.</summary>
    public static void RecordUpload(long bytes) => Tell(bytes, static size => UploadSize.Record(size));

    /// <summary>Begins the span of one attempt.</summary>
    public static Activity? Start(FalCall call, Uri url, int resend)
    {
        // Explicit, because polls run outside the context of the callers that wait; without a job, the current activity is the parent.
        var activity = Start(call.Method.Method, ActivityKind.Client, call.Trace);
        if (activity is not { IsAllDataRequested: true }) return activity;
        activity.SetTag("http.request.method", call.Method.Method);
        activity.SetTag("server.address", url.Host);
        activity.SetTag("server.port", url.Port);
        activity.SetTag("url.full", call.Host is null ? url.GetLeftPart(UriPartial.Authority) + "/*" : url.GetLeftPart(UriPartial.Path));
        activity.SetTag("fal.call", Word(call.Kind));
        var (endpoint, request) = call.About;
        if (endpoint is not null) activity.SetTag("fal.endpoint", endpoint);
        if (request is not null) activity.SetTag("fal.request_id", request);
        if (resend > 0) activity.SetTag("http.request.resend_count", resend);
        return activity;
    }

    /// <summary>Ends the span of one attempt. <paramref name="error"/> is null when there was an answer.</summary>
    public static void Stop(Activity? activity, FalCall call, Uri url, int resend, TimeSpan elapsed, HttpResponseMessage? response, string? error)
    {
        var status = response is null ? (int?)null : (int)response.StatusCode;
        error ??= status >= 400 ? status.Value.ToString(CultureInfo.InvariantCulture) : null;
        if (CallDuration.Enabled || CallResends.Enabled)
            Tell((call, url, resend, elapsed, status, error), static x => Measure(x.call, x.url, x.resend, x.elapsed, x.status, x.error));
        if (activity is null) return;
        if (status is not null) activity.SetTag("http.response.status_code", status);
        if (response is not null) activity.SetTag("network.protocol.version", response.Version.ToString());
        Fail(activity, error);
        End(activity);
    }

    /// <summary>Ends a span.</summary>
    public static void End(Activity? activity) => Tell(activity, static ended => ended?.Dispose());

    /// <summary>Calls telemetry listeners of the program, and ignores their exceptions: none may lose the answer of a paid call.</summary>
    public static void Tell<T>(T what, Action<T> tell)
    {
        try
        {
            tell(what);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            // The program's own telemetry is incomplete; its job is not.
        }
    }

    /// <summary>A failure in a word: fal's own, or the type of the exception.</summary>
    public static string ErrorTypeOf(Exception ex) => CleanErrorType((ex as FalException)?.ErrorType) ?? ex.GetType().Name;

    /// <summary>A server's word, if it is one: an attribute and a line of a log take no sentence.</summary>
    public static string? CleanErrorType(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return text.Length <= LongestErrorType && !text.AsSpan().ContainsAnyExcept(WordChars) ? text : "other";
    }

    /// <summary>What a call is for, in a word.</summary>
    public static string Word(FalCallKind kind) => kind switch
    {
        FalCallKind.Submit => "submit",
        FalCallKind.Read => "read",
        FalCallKind.Result => "result",
        FalCallKind.Cancel => "cancel",
        FalCallKind.RunDirect => "run",
        FalCallKind.RunStream => "stream",
        FalCallKind.Events => "events",
        FalCallKind.UploadInitiate => "upload_initiate",
        FalCallKind.UploadPart => "upload_part",
        FalCallKind.Download => "download",
        FalCallKind.Forward => "forward",
        _ => "jwks",
    };

    internal static void AddModel(Activity activity, string endpointId)
    {
        activity.SetTag("gen_ai.operation.name", "generate_content");
        activity.SetTag("gen_ai.provider.name", "fal");
        activity.SetTag("gen_ai.request.model", endpointId);
        activity.SetTag("fal.endpoint", endpointId);
    }

    private static Activity? Start(string name, ActivityKind kind, ActivityContext parent = default)
    {
        try
        {
            return Source.StartActivity(name, kind, parent);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static void Measure(FalCall call, Uri url, int resend, TimeSpan elapsed, int? status, string? error)
    {
        var tags = new TagList
        {
            { "http.request.method", call.Method.Method },
            { "server.address", call.Host is null ? "elsewhere" : url.Host },
            { "fal.call", Word(call.Kind) },
        };
        if (status is not null) tags.Add("http.response.status_code", status);
        if (error is not null) tags.Add("error.type", error);
        CallDuration.Record(elapsed.TotalSeconds, tags);
        if (resend > 0) CallResends.Add(1, tags);
    }

    internal static Histogram<T> Histogram<T>(string name, string unit, string description, T[] boundaries)
        where T : struct
#if NET9_0_OR_GREATER
        => Meter.CreateHistogram(name, unit, description, advice: new InstrumentAdvice<T> { HistogramBucketBoundaries = boundaries });
#else
        => Meter.CreateHistogram<T>(name, unit, description);
#endif
}
