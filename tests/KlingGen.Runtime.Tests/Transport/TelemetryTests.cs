using System.Diagnostics;
using System.Diagnostics.Metrics;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class TelemetryTests : CanaryTest
{
    [Fact]
    public async Task Each_try_is_one_activity_with_opentelemetrys_names()
    {
        using var heard = new Heard();
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}", 503).Json("{}");
        using var own = new Activity("own").Start();
        (await fal.Transport.SendToFalAsync(
            FalHost.Queue,
            "/acme/lumen/requests/r-9/status?logs=1&fal_jwt_token=hush",
            HttpMethod.Get,
            null,
            FalCallKind.Read,
            null,
            default)).Dispose();
        var tries = heard.Activities.Where(activity => activity.TraceId == own.TraceId).ToArray();
        Assert.Equal(2, tries.Length);
        var (first, second) = (Tags(tries[0]), Tags(tries[1]));
        Assert.Equal("GET", tries[0].DisplayName);
        Assert.Equal(ActivityKind.Client, tries[0].Kind);
        Assert.Equal(
            ("GET", "queue.fal.run", "443", "503", "503"),
            (first["http.request.method"], first["server.address"], first["server.port"], first["http.response.status_code"], first["error.type"]));
        Assert.Equal("https://queue.fal.run/acme/lumen/requests/r-9/status", first["url.full"]);
        Assert.Equal(("read", "acme/lumen", "r-9"), (first["fal.call"], first["fal.endpoint"], first["fal.request_id"]));
        Assert.Equal(ActivityStatusCode.Error, tries[0].Status);
        Assert.Equal(("200", "1"), (second["http.response.status_code"], second["http.request.resend_count"]));
        Assert.False(second.ContainsKey("error.type"));
        Assert.Equal("1.1", second["network.protocol.version"]);
    }

    [Fact]
    public async Task No_prompt_query_signature_or_key_is_told()
    {
        using var heard = new Heard();
        using var fal = new TestFal(Canary);
        using var own = new Activity("own").Start();
        fal.Handler.Json("{}").Json("{}").Then(Replies.Reset());
        (await fal.SubmitAsync("/acme/lumen?fal_webhook=https%3A%2F%2Fme.example%2Fhush", """{"prompt":"hush"}""")).Dispose();
        (await fal.Transport.SendElsewhereAsync(
            new Uri("https://storage.example/hush/path?sig=hush#hush"),
            HttpMethod.Put,
            TestFal.Content("hush"),
            FalCallKind.UploadPart,
            null,
            default)).Dispose();
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fal.SubmitAsync("/acme/lumen?x=hush"));
        var tries = heard.Activities.Where(activity => activity.TraceId == own.TraceId).ToArray();
        Assert.Equal(3, tries.Length);
        foreach (var activity in tries)
            foreach (var (name, value) in Tags(activity)) Assert.DoesNotContain("hush", name + value, StringComparison.Ordinal);
        Assert.Equal("https://storage.example/*", Tags(tries[1])["url.full"]);
        Assert.Equal(typeof(HttpRequestException).FullName, Tags(tries[2])["error.type"]);
        Assert.DoesNotContain(heard.Tags, tag => tag.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Durations_and_repeats_are_counted_with_few_tags()
    {
        using var heard = new Heard();
        using var fal = new TestFal(Canary, change: options => options.QueueAddress = new Uri("https://telemetry.example"));
        Canary.Watch(fal.Handler, "telemetry.example");
        foreach (var kind in Enum.GetValues<FalCallKind>())
        {
            fal.Handler.Json("{}", 429, "Retry-After: 1").Json("{}");
            (await fal.Transport.SendToFalAsync(FalHost.Queue, "/a/b", HttpMethod.Post, TestFal.Content("{}"), kind, null, default)).Dispose();
        }
        var mine = heard.Measurements.Where(measured => measured.Tags.Contains("server.address=telemetry.example", StringComparison.Ordinal))
            .ToArray();
        var kinds = Enum.GetValues<FalCallKind>().Length;
        Assert.Equal(2 * kinds, mine.Count(measured => measured.Name == "fal.client.call.duration"));
        Assert.Equal(kinds, mine.Count(measured => measured.Name == "fal.client.call.resends"));
        Assert.Equal(
            kinds,
            mine.Select(measured => measured.Tags.Split(' ').Single(tag => tag.StartsWith("fal.call=", StringComparison.Ordinal))).Distinct()
                .Count());
        Assert.All(mine, measured => Assert.InRange(measured.Tags.Split(' ').Length, 4, 5));
    }

    [Fact]
    public async Task A_foreign_host_is_not_a_metrics_tag()
    {
        using var heard = new Heard();
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}");
        (await fal.Transport.SendElsewhereAsync(new Uri("https://one-of-many.example/"), HttpMethod.Get, null, FalCallKind.Download, null, default))
            .Dispose();
        Assert.DoesNotContain(heard.Tags, tag => tag.Contains("one-of-many", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("measure")]
    public async Task Exceptions_of_telemetry_listeners_lose_no_job(string failing)
    {
        using var own = new Activity("own").Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "KlingGen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => FailIf("start", activity.TraceId == own.TraceId),
            ActivityStopped = activity => FailIf("stop", activity.TraceId == own.TraceId),
        };
        ActivitySource.AddActivityListener(activities);
        using var meters = new MeterListener();
        meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "KlingGen") listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => FailIf("measure", IsMine(tags)));
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) => FailIf("measure", IsMine(tags)));
        meters.Start();
        const string Id = "acme/listeners-fail";
        using var fal = new TestFal(Canary, change: options => options.QueueAddress = new Uri("https://listeners-fail.example"));
        Canary.Watch(fal.Handler, "listeners-fail.example");
        fal.Handler.Json("""{"request_id":"listeners-1","status":"IN_QUEUE"}""").Json("""{"status":"COMPLETED"}""").Json("""{"seed":7}""");

        var job = await fal.Client.Endpoint(Id).SubmitAsync(FalJson.Read<FalRawResult>("{}"));
        var result = await job.GetResultAsync();

        Assert.Equal("listeners-1", job.RequestId);
        Assert.Equal(7, result.Json.GetProperty("seed").GetInt32());

        void FailIf(string step, bool isMine)
        {
            if (isMine && step == failing) throw new InvalidOperationException("A listener failed.");
        }

        static bool IsMine(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
                if (tag.Value is "listeners-fail.example" or Id) return true;
            return false;
        }
    }

    [Fact]
    public async Task Call_works_without_telemetry_listeners()
    {
        Assert.Equal(("KlingGen", "KlingGen"), (FalDiagnostics.ActivitySourceName, FalDiagnostics.MeterName));
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}");
        (await fal.StatusAsync()).Dispose();
    }

    private static Dictionary<string, string?> Tags(Activity activity)
        => activity.TagObjects.ToDictionary(tag => tag.Key, tag => Convert.ToString(tag.Value, System.Globalization.CultureInfo.InvariantCulture));

    private sealed class Heard : IDisposable
    {
        private readonly ActivityListener _activities;
        private readonly MeterListener _meters = new();

        public Heard()
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "KlingGen",
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => { lock (Activities) Activities.Add(activity); },
            };
            ActivitySource.AddActivityListener(_activities);
            _meters.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "KlingGen") listener
                .EnableMeasurementEvents(instrument);
            };
            _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument.Name, tags));
            _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument.Name, tags));
            _meters.Start();
        }

        public List<Activity> Activities { get; } = [];

        public List<(string Name, string Tags)> Measurements { get; } = [];

        public IEnumerable<string> Tags { get { lock (Measurements) return [.. Measurements.Select(measured => measured.Tags)]; } }

        public void Dispose()
        {
            _activities.Dispose();
            _meters.Dispose();
        }

        private void Add(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            lock (Measurements) Measurements.Add((name, text));
        }
    }
}
