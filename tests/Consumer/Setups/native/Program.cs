using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fal;
using Microsoft.Extensions.Configuration;

Expect(!JsonSerializer.IsReflectionEnabledByDefault, "reflection-based serialization to be off");

// Options from configuration, by the binding source generator.
var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
{
    ["Fal:Key"] = "consumer:secret",
    ["Fal:AttemptTimeout"] = "00:00:07",
    ["Fal:Polling:Shortest"] = "00:00:00.010",
    ["Fal:Polling:Longest"] = "00:00:00.020",
    ["Fal:Retry:MaxRetries"] = "2",
}).Build();
var options = new FalClientOptions();
configuration.GetSection("Fal").Bind(options);
options.HttpHandler = new Queue();
options.Validate();
Expect(options.AttemptTimeout == TimeSpan.FromSeconds(7) && options.Retry.MaxRetries == 2, "options from configuration");
Expect(options.MaxResultBytes == new FalClientOptions().MaxResultBytes, "defaults for what the configuration leaves out");

using var fal = new FalClient(options);
var request = new TextToVideoRequest { Prompt = "A heron <é>.", Duration = Duration5Or10.Duration10, Extra = new() { { "new_flag", true } } };
var result = await fal.KlingVideo().V1_6.Standard.TextToVideo.RunAsync(request);
Expect(Queue.Sent == FalJson.Write(request), "the request on the wire, not " + Queue.Sent);

// An order of the app's own around the emitted types of this project.
var chain = new JsonSerializerOptions { TypeInfoResolverChain = { FalJson.TypeInfoResolver, OrderContext.Default } };
var info = (JsonTypeInfo<Order>)chain.GetTypeInfo(typeof(Order));
var json = JsonSerializer.Serialize(new Order("a-1", request, result), info);
Expect(json == $$"""{"Id":"a-1","Request":{{FalJson.Write(request)}},"Result":{{FalJson.Write(result)}}}""", "the JSON of FalJson, not " + json);
var again = JsonSerializer.Deserialize(json, info)!;
Expect(again.Request == request && again.Request.Extra!.ToString() == """{"new_flag":true}""" && again.Result == result, "the same order again");

Console.WriteLine("The consumer without reflection works.");

static void Expect(bool holds, string what)
{
    if (!holds) throw new InvalidOperationException("Expected " + what + ".");
}

internal sealed record Order(string Id, TextToVideoRequest Request, T2VOutput Result);

[JsonSerializable(typeof(Order))]
internal sealed partial class OrderContext : JsonSerializerContext;

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
            : """{"video":{"url":"https://files.example.com/heron.mp4"}}""");
    }

    private static HttpResponseMessage Json(string text)
        => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
}
