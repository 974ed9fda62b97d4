using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Fal;
using Fal.Wire;
using KlingGen.AotSmoke;

var watch = Stopwatch.StartNew();
Expect.That(!RuntimeFeature.IsDynamicCodeSupported, "this runs as native code");
CheckJson();
CheckValidation();
await CheckWebhooks();
Console.WriteLine($"native smoke test passed: {Expect.Count} expectations, {RuntimeInformationText()}, {watch.ElapsedMilliseconds} ms");

static void CheckJson()
{
    var request = new LumenRequest
    {
        Prompt = "Snow \u2013 \"quoted\" \ud83d\ude00",
        Guidance = 0.5,
        ImageUrl = "https://example.com/car.jpg",
        Extra = new() { { "new_flag", true }, { "level", 3 } },
    };
    var json = FalJson.Write(request);
    Expect.That(json.Contains("\"new_flag\":true", StringComparison.Ordinal), "a member that no spec knows is written");
    var read = FalJson.Read<LumenRequest>(json);
    Expect.That(read.Prompt == request.Prompt && read.Guidance == 0.5, "a request is read back");
    Expect.That(read == request with { Extra = null } && read.GetHashCode() == (request with { Extra = null }).GetHashCode(), "requests are compared by value");
    Expect.That(request.ToString().Contains("car.jpg", StringComparison.Ordinal), "a request is printed");

    var result = FalJson.Read<LumenResult>("""{"clip": {"url": "https://v3.fal.media/a.mp4", "file_size": 12}, "seed": 17454220438242315174, "new": [1]}""");
    Expect.That(result.Seed == 17454220438242315174 && result.Clip.FileSize == 12, "a result is read");
    Expect.That(Expect.Throws<FalProtocolException>(() => FalJson.Read<LumenResult>("""{"clip": {"url": 5}}""")).JsonPath == "$.clip.url", "a wrong answer is located");
}

static void CheckValidation()
{
    var checks = new FalChecks();
    ((IFalObject<LumenRequest>)new LumenRequest { Prompt = "<", Guidance = 3, ImageUrl = "car.jpg" }).Check(checks);
    Expect.That(checks.Problems.Count == 3, "every problem of a request is found");
}

static async Task CheckWebhooks()
{
    var signer = new FalWebhookSigner();
    using var verifier = new FalWebhookVerifier(new() { HttpHandler = signer.CreateJwksHandler() });
    var body = Encoding.UTF8.GetBytes("""{"request_id": "r1", "status": "OK", "payload": {"clip": {"url": "https://v3.fal.media/a.mp4"}, "seed": 17454220438242315174}}""");
    var verification = await verifier.VerifyAsync(body, signer.Sign(body, "r1"));
    Expect.That(verification.IsValid && !verification.IsDuplicate, "a signed webhook is valid");
    Expect.That(verification.Read().ReadPayload<LumenResult>().Seed == 17454220438242315174, "a webhook's output is typed");
    Expect.That((await verifier.VerifyAsync(body.AsMemory(1), signer.Sign(body, "r1"))).Verdict == FalWebhookVerdict.WrongSignature, "a changed body is refused");
}

static string RuntimeInformationText() => System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription;
