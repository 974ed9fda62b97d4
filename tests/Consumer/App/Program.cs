using System.Net;
using System.Text;
using Fal;
using Fal.Acme.Lumen;
using Fal.KlingVideo;

// Everything a user does, against a queue that answers from memory.
using var fal = new FalClient(new FalClientOptions { Key = "consumer:secret", HttpHandler = new Queue() });

// As constants these would not compile.
var (nothing, tooMuch) = ("", 1.5);
var wrong = fal.AcmeLumen().V1.TextToClip.Check(new() { Prompt = nothing, Guidance = tooMuch });
Expect(wrong.Count == 2, $"two problems, not {wrong.Count}");

var result = await fal.AcmeLumen().V1.TextToClip.RunAsync(new() { Prompt = "A heron at dawn.", Duration = TextToClipDuration.Duration10 });
Expect(result.Clip.Url == "https://files.example.com/heron.mp4", "the clip's address");
Expect(Queue.Sent == """{"prompt":"A heron at dawn.","duration":"10"}""", "the request on the wire, not " + Queue.Sent);

Expect(fal.KlingVideo().V1_6.Standard.ImageToVideo.EndpointId == "fal-ai/kling-video/v1.6/standard/image-to-video", "the path to Kling's client");
Expect(fal.KlingVideo().V1_6.Standard.ImageToVideo.Check(ImageToVideoRequest.Example()).Count == 0, "the documented example is valid");

Console.WriteLine("The consumer of the package works.");

static void Expect(bool holds, string what)
{
    if (!holds) throw new InvalidOperationException("Expected " + what + ".");
}

internal sealed class Queue : HttpMessageHandler
{
    public static string? Sent { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post)
        {
            Sent = await request.Content!.ReadAsStringAsync(cancellationToken);
            return Json("""{"request_id":"heron-1","status":"IN_QUEUE"}""");
        }

        return Json(request.RequestUri!.AbsolutePath.EndsWith("/status", StringComparison.Ordinal)
            ? """{"request_id":"heron-1","status":"COMPLETED"}"""
            : """{"clip":{"url":"https://files.example.com/heron.mp4"}}""");
    }

    private static HttpResponseMessage Json(string text)
        => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
}
