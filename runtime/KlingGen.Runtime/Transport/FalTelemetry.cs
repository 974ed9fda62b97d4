using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Fal;

/// <summary>
/// What the runtime tells about its calls, named as OpenTelemetry names HTTP clients. Never a query, a body, a header or the path of a foreign address:
/// those hold prompts, keys and signatures.
/// </summary>
internal sealed class FalTelemetry : IDisposable
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "KlingGen";

    private readonly ActivitySource _source = new(Name, FalVersion.Text);
    private readonly Meter _meter = new(Name, FalVersion.Text);
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _resends;

    public FalTelemetry()
    {
        _duration = _meter.CreateHistogram<double>(
            "http.client.request.duration", "s", "Duration of one try of a call, to the headers or, where the body is read at once, to its end.");
        _resends = _meter.CreateCounter<long>("klinggen.client.request.resends", "{request}", "Tries beyond a call's first.");
    }

    /// <summary>Begins to tell about one try.</summary>
    public Activity? Start(FalCall call, Uri url, int resend)
    {
        var activity = _source.StartActivity(call.Method.Method, ActivityKind.Client);
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

    /// <summary>Ends to tell about one try. <paramref name="error"/> is null when there was an answer.</summary>
    public void Stop(Activity? activity, FalCall call, Uri url, int resend, TimeSpan elapsed, HttpResponseMessage? response, string? error)
    {
        var status = response is null ? (int?)null : (int)response.StatusCode;
        error ??= status >= 400 ? status.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        if (_duration.Enabled || _resends.Enabled) Measure(call, url, resend, elapsed, status, error);
        if (activity is null) return;
        if (status is not null) activity.SetTag("http.response.status_code", status);
        if (response is not null) activity.SetTag("network.protocol.version", response.Version.ToString());
        if (error is not null)
        {
            activity.SetTag("error.type", error);
            activity.SetStatus(ActivityStatusCode.Error);
        }
        activity.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    private void Measure(FalCall call, Uri url, int resend, TimeSpan elapsed, int? status, string? error)
    {
        var tags = new TagList
        {
            { "http.request.method", call.Method.Method },
            { "server.address", call.Host is null ? "elsewhere" : url.Host },
            { "fal.call", Word(call.Kind) },
        };
        if (status is not null) tags.Add("http.response.status_code", status);
        if (error is not null) tags.Add("error.type", error);
        _duration.Record(elapsed.TotalSeconds, tags);
        if (resend > 0) _resends.Add(1, tags);
    }

    private static string Word(FalCallKind kind) => kind switch
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
        _ => "jwks",
    };
}
