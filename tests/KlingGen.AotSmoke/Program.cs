using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Fal;
using Fal.Wire;
using KlingGen.AotSmoke;
using Microsoft.Extensions.Configuration;

var watch = Stopwatch.StartNew();
Expect.That(!RuntimeFeature.IsDynamicCodeSupported, "this runs as native code");
CheckJson();
Serialization.Check();
CheckValidation();
CheckOptions();
await CheckWebhooks();
await CheckJobs();
await CheckFiles();
Console.WriteLine($"native smoke test passed: {Expect.Count} expectations, {RuntimeInformationText()}, {watch.ElapsedMilliseconds} ms");

static void CheckJson()
{
    var request = new TextToClipRequest
    {
        Prompt = "Snow \u2013 \"quoted\" \ud83d\ude00",
        Guidance = 0.5,
        ImageUrl = "https://example.com/car.jpg",
        Extra = new() { { "new_flag", true }, { "depth", 3 } },
    };
    var json = FalJson.Write(request);
    Expect.That(json.Contains("\"new_flag\":true", StringComparison.Ordinal), "a member that no spec knows is written");
    var read = FalJson.Read<TextToClipRequest>(json);
    Expect.That(read.Prompt == request.Prompt && read.Guidance == 0.5, "a request is read back");
    Expect.That(read == request && read.GetHashCode() == request.GetHashCode(), "requests are compared by value");
    Expect.That(read.Extra!.ToString() == request.Extra.ToString(), "a member that no spec knows is read back");
    Expect.That(request.ToString().Contains("car.jpg", StringComparison.Ordinal), "a request is printed");

    var result = FalJson.Read<TextToClipResult>(
        """{"clip": {"url": "https://v3.fal.media/a.mp4", "file_size": 12}, "seed": 17454220438242315174, "new": [1]}""");
    Expect.That(result.Seed == 17454220438242315174 && result.Clip.FileSize == 12, "a result is read");
    var wrong = Expect.Throws<FalProtocolException>(() => FalJson.Read<TextToClipResult>("""{"clip": {"url": 5}}"""));
    Expect.That(wrong.JsonPath == "$.clip.url", "a wrong answer is located");
}

static void CheckValidation()
{
    var checks = new FalChecks();
    IFalObject<TextToClipRequest> request
        = new TextToClipRequest { Prompt = Variable(""), Guidance = Variable(3.0), ImageUrl = Variable("car.jpg") };
    request.Check(checks);
    Expect.That(checks.Problems.Count == 3, "every problem of a request is found");
}

static void CheckOptions()
{
    var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Fal:Key"] = "smoke-id:smoke-secret",
        ["Fal:AttemptTimeout"] = "00:00:07",
        ["Fal:Retry:MaxRetries"] = "9",
        ["Fal:Polling:Pace"] = "2.5",
        ["Fal:Uploads:ParallelParts"] = "7",
    }).Build();
    var options = new FalClientOptions();
    configuration.GetSection("Fal").Bind(options);
    options.Validate();
    Expect.That(options.AttemptTimeout == TimeSpan.FromSeconds(7) && options.Retry.MaxRetries == 9, "options are bound from configuration");
    Expect.That(options.Polling.Pace == 2.5 && options.Uploads.ParallelParts == 7, "the parts of options are bound as well");
}

static async Task CheckWebhooks()
{
    // Signed once with OpenSSL by a test key, at 2026-01-01 00:00:00.
    const string jwks = """{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"smoke","x":"6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw"}]}""";
    const string signature =
        "09631571931319c082e78101a4f68ad2b4ae4b1370f226716dc09c79ea8dee73" +
        "5c9ead5fa1403f3d7a1f128e0da5eb9ff4ad234c56a914ba0ebbe748e165850f";
    var body = Encoding.UTF8.GetBytes(
        """{"request_id": "r1", "status": "OK", "payload": {"clip": {"url": "https://v3.fal.media/a.mp4"}, "seed": 17454220438242315174}}""");
    var headers = new Dictionary<string, string>
    {
        ["X-Fal-Webhook-Request-Id"] = "r1",
        ["X-Fal-Webhook-User-Id"] = "test-user",
        ["X-Fal-Webhook-Timestamp"] = "1767225600",
        ["X-Fal-Webhook-Signature"] = signature,
    };
    using var keys = new KeySetHandler(jwks);
    var signedAt = new FixedTime(DateTimeOffset.FromUnixTimeSeconds(1767225600));
    using var verifier = new FalWebhookVerifier(new() { HttpHandler = keys, TimeProvider = signedAt });
    var verification = await verifier.VerifyAsync(body, headers);
    Expect.That(verification.IsValid, "a signed webhook is valid");
    Expect.That(verification.Read().ReadPayload<TextToClipResult>().Seed == 17454220438242315174, "a webhook's output is typed");
    var changed = await verifier.VerifyAsync(body.AsMemory(1), headers);
    Expect.That(changed.Verdict == FalWebhookVerdict.WrongSignature, "a changed body is refused");
}

static FalClient Client(ScriptedFal handler) =>
    new(new FalClientOptions { Key = "smoke-id:smoke-secret", HttpHandler = handler, Polling = FalPolling.Every(TimeSpan.FromMilliseconds(1)) });

static async Task CheckFiles()
{
    using var handler = new ScriptedFal();
    using var fal = Client(handler);
    var endpoint = fal.AcmeLumen().V1.TextToClip;
    byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 4, 0,
        0, 0, 3, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0];

    var result = await endpoint.RunAsync(new() { Prompt = "x", ImageUrl = FalMedia.FromBytes(png) });
    Expect.That(handler.Submitted!.Contains("\"image_url\":\"https://v3.fal.media/in.png\"", StringComparison.Ordinal),
        "a local file is uploaded on submit");

    var text = FalMedia.FromBytes("These are words and no picture."u8.ToArray(), fileName: "car.png");
    var refused = await Expect.ThrowsAsync<FalValidationException>(() => endpoint.RunAsync(new() { Prompt = "x", ImageUrl = text }));
    Expect.That(refused.Problems[0].Path == "image_url", "a local file is looked at before it is uploaded");

    var path = Path.Combine(Path.GetTempPath(), $"klinggen-{Guid.NewGuid():N}.mp4");
    try
    {
        await result.Clip.SaveAsync(path);
        Expect.That(await File.ReadAllTextAsync(path) == "clip", "a result is downloaded");
    }
    finally
    {
        File.Delete(path);
    }

    Expect.That(handler.Calls.Count(call => call.Contains("cdn.example", StringComparison.Ordinal)) == 1, "one file was uploaded once");
}

static async Task CheckJobs()
{
    using var handler = new ScriptedFal();
    using var fal = Client(handler);
    var endpoint = fal.AcmeLumen().V1.TextToClip;
    var request = new TextToClipRequest { Prompt = "Snow falls.", Guidance = 0.5 };

    Expect.That(endpoint.Check(request with { Guidance = Variable(2.0) }).Count == 1, "an endpoint checks without sending");
    var wrong = await Expect.ThrowsAsync<FalValidationException>(() => endpoint.SubmitAsync(request with { Prompt = Variable("") }));
    Expect.That(wrong.Problems.Count == 1, "a wrong request is not sent");
    Expect.That(handler.Calls.Count == 0, "nothing has been sent yet");

    var job = await endpoint.SubmitAsync(request);
    Expect.That(handler.Submitted == """{"prompt":"Snow falls.","guidance":0.5}""", "the request arrives as written");
    var lines = 0;
    await foreach (var update in job.WatchAsync()) lines += update.NewLogs.Count;
    Expect.That(lines == 1, "each log line is seen once");
    var result = await job.GetResultAsync();
    Expect.That(result.Clip.Url == "https://v3.fal.media/a.mp4" && result.Seed == 17454220438242315174, "the result is typed");
    Expect.That(job.BillableUnits == 14.399999999999999m && job.InferenceTime == TimeSpan.FromSeconds(1.5), "what the job cost is known");
    Expect.That(await job.CancelAsync() == FalCancelOutcome.AlreadyCompleted, "cancelling has an outcome");

    Serialization.CheckToken(job.ToToken());
    var again = endpoint.Resume(FalJobToken.Parse(job.ToToken().ToString()));
    Expect.That(await again.GetResultAsync() == result, "a job is picked up from its token");
    var failed = await Expect.ThrowsAsync<FalJobFailedException>(() => endpoint.Resume("lost").GetResultAsync());
    Expect.That(failed.ErrorType == "runner_server_error", "a failed job says why");

    Expect.That(await endpoint.RunAsync(request) == result, "submit, wait and result in one");
    Expect.That(await endpoint.RunDirectAsync(request) == result, "a direct run");
    var parts = 0;
    var stream = endpoint.StreamAsync(request);
    await foreach (var part in stream) parts += part.TryGetProperty("part", out _) ? 1 : 0;
    Expect.That(parts == 1, "a stream gives its parts");

    using var input = JsonDocument.Parse("""{"prompt": "x"}""");
    var open = await fal.Endpoint("acme/lumen/v1/text-to-clip").RunAsync(input.RootElement);
    Expect.That(open.Json.GetProperty("seed").GetUInt64() == 17454220438242315174, "an endpoint without types");
}

// As constants these would not compile.
static T Variable<T>(T value) => value;

static string RuntimeInformationText() => System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription;
