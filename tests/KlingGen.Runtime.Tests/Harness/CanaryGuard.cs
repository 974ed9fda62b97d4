using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using System.Text;

namespace Fal.Tests.Harness;

/// <summary>
/// Collects whatever could leave the process or be read by others, and searches it for the key after the test:
/// exceptions of the runtime, activities, metric tags, texts and tokens given to <see cref="Watch(string,string)"/>,
/// bytes that reached a foreign server, and requests, in which the key may stand in the Authorization header for a fal
/// host and nowhere else.
/// </summary>
public sealed class CanaryGuard : IDisposable
{
    /// <summary>The key that every test uses.</summary>
    public const string Key = "canary-id:canary-secret";

    private static readonly AsyncLocal<CanaryGuard?> Owner = new();

    // Most tags are the same at each of thousands of polls; each is kept once.
    private readonly ConcurrentDictionary<(string Where, string Text), bool> _seen = new();
    // An exception is thrown again at every await on its way; it is searched once.
    private readonly ConcurrentDictionary<Exception, bool> _exceptions = new(ReferenceEqualityComparer.Instance);
    private readonly List<(ScriptedHandler Handler, string[] Hosts)> _handlers = [];
    private readonly List<(string Name, ScriptedServer Server)> _foreign = [];
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;

    /// <summary>Starts to collect.</summary>
    public CanaryGuard()
    {
        Owner.Value = this;
        AppDomain.CurrentDomain.FirstChanceException += OnException;
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "KlingGen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = OnActivity,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "KlingGen") listener
            .EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => OnTags(instrument.Name, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => OnTags(instrument.Name, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => OnTags(instrument.Name, tags));
        _meters.Start();
    }

    /// <summary>
    /// Watches the requests of a handler; hosts other than these must never see the key. Asked again, the new hosts
    /// replace the old.
    /// </summary>
    public ScriptedHandler Watch(ScriptedHandler handler, params string[] falHosts)
    {
        _handlers.RemoveAll(watched => watched.Handler == handler);
        _handlers.Add((handler, falHosts.Length > 0 ? falHosts : ["queue.fal.run", "fal.run", "rest.fal.ai", "api.fal.ai"]));
        return handler;
    }

    /// <summary>Watches a server that must never see the key.</summary>
    public ScriptedServer WatchForeign(ScriptedServer server, string name = "evil")
    {
        _foreign.Add((name, server));
        return server;
    }

    /// <summary>Watches a text: a token, a log line, a printed object.</summary>
    public void Watch(string where, string? text) => _seen.TryAdd((where, text ?? ""), true);

    /// <summary>Watches an exception that was not thrown by the runtime itself.</summary>
    public void Watch(Exception exception) => _exceptions[exception] = true;

    /// <summary>Fails if the key was seen anywhere it must not be.</summary>
    public void AssertNeverSeen()
    {
        foreach (var (where, text) in _seen.Keys) Fail(where, Encoding.UTF8.GetBytes(text));
        foreach (var exception in _exceptions.Keys)
        {
            // What the outermost one prints contains its causes.
            Fail("exception " + exception.GetType().Name, Encoding.UTF8.GetBytes(exception.ToString()));
            for (var at = exception; at is not null; at = at.InnerException)
                Fail("exception " + at.GetType().Name, Encoding.UTF8.GetBytes(Describe(at)));
        }
        foreach (var (name, server) in _foreign) Fail("bytes at " + name, server.Received);
        foreach (var (handler, hosts) in _handlers)
            foreach (var request in handler.Requests) Check(request, hosts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        _activities.Dispose();
        _meters.Dispose();
    }

    // Work that a finished test has left behind would otherwise fill the guards of all later tests.
    private bool IsOfAnotherTest => Owner.Value is { } owner && owner != this;

    private static void Check(RecordedRequest request, string[] hosts)
    {
        Fail($"address of {request.Method} {request.Host}", Encoding.UTF8.GetBytes(request.Url.OriginalString));
        Fail($"body of {request.Method} {request.Host}", request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (hosts.Contains(request.Host) && name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)) continue;
            Fail($"header {name} of {request.Method} {request.Host}", Encoding.UTF8.GetBytes(value));
        }
    }

    private static void Fail(string where, byte[] data)
    {
        if (CanarySearch.Find(data, Key) is { } form) Assert.Fail($"The key was seen ({form}) in: {where}.");
    }

    private static string Describe(Exception exception)
    {
        var text = new StringBuilder();
        foreach (System.Collections.DictionaryEntry entry in exception.Data) text.Append('\n').Append(entry.Key).Append('=').Append(entry.Value);
        foreach (var property in exception.GetType().GetProperties())
        {
            if (property.GetIndexParameters().Length > 0 || property.Name is "TargetSite" or "StackTrace") continue;
            text.Append('\n').Append(property.Name).Append('=');
            var value = property.GetValue(exception);
            if (value is System.Collections.IEnumerable and not string)
                foreach (var item in (System.Collections.IEnumerable)value) text.Append(item).Append(';');
            else text.Append(value);
        }
        return text.ToString();
    }

    private void OnException(object? sender, FirstChanceExceptionEventArgs args)
    {
        // Of all the exceptions in the process only the runtime's own, and what they carry, are promised to be clean. Those of a test that runs
        // beside this one are that test's; shared work runs in no test's context, so every guard takes its exceptions.
        if (IsOfAnotherTest) return;
        if (args.Exception.GetType().Namespace is "Fal" or "Fal.Wire") _exceptions[args.Exception] = true;
    }

    private void OnActivity(Activity activity)
    {
        if (IsOfAnotherTest) return;
        Watch("activity name", activity.DisplayName + " " + activity.OperationName + " " + activity.StatusDescription);
        foreach (var (key, value) in activity.TagObjects)
            Watch("activity tag " + key, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
        foreach (var entry in activity.Events)
            foreach (var (key, value) in entry.Tags)
                Watch("activity event " + key, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
        foreach (var (key, value) in activity.Baggage) Watch("activity baggage " + key, value);
    }

    private void OnTags(string instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (IsOfAnotherTest) return;
        foreach (var (key, value) in tags)
            Watch($"tag {key} of {instrument}", Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>Base of test classes: a guard that is asked after every test, whether it passed or not.</summary>
public abstract class CanaryTest : IDisposable
{
    /// <summary>The guard of this test.</summary>
    protected CanaryGuard Canary { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        try
        {
            Canary.AssertNeverSeen();
        }
        finally
        {
            Canary.Dispose();
        }
    }
}
