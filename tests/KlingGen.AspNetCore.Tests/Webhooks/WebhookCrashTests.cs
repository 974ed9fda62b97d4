using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace KlingGen.AspNetCore.Tests.Webhooks;

/// <summary>A process that is killed between the delivery and the end of its handler: the next one handles the webhook, once.</summary>
public sealed class WebhookCrashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-webhooks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_killed_process_leaves_the_webhook_to_the_next_one(bool inbox)
    {
        await using var fal = await FalEmulator.StartAsync(new() { Webhooks = new() { Pause = TimeSpan.FromMilliseconds(100) } });
        fal.Script.For("**", FalEmulatedRun.Instant);
        var url = $"http://127.0.0.1:{FreePort()}";
        var log = Path.Combine(_folder, "log.txt");
        var inboxPath = inbox ? Path.Combine(_folder, "inbox.jsonl") : "-";
        using var client = fal.CreateClient();
        FalJob<FalRawResult> job;
        using (var first = await StartAsync(fal, url, log, inboxPath, "stall"))
        {
            var request = System.Text.Json.JsonSerializer.SerializeToElement(new { prompt = "x", image_url = "https://a.example/b.png" });
            var endpoint = client.Endpoint("fal-ai/kling-video/v1.6/pro/image-to-video");
            job = await endpoint.SubmitAsync(request, new() { Webhook = new Uri(url + "/hooks/fal") });
            await WebhookInboxTests.UntilAsync(() => Count(log, "begin ") == 1);
            first.Kill();
            await first.WaitForExitAsync();
        }
        // The inbox answered 200 before the kill, so fal does not deliver again; otherwise the delivery broke off, and fal repeats it.
        using var second = await StartAsync(fal, url, log, inboxPath, "go");
        await WebhookInboxTests.UntilAsync(() => Count(log, "handled ") == 1);
        var delivery = await fal.Webhooks.WaitForAsync(job.RequestId).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(FalWebhookOutcome.Delivered, delivery.Outcome);

        // One more delivery of the same webhook is a duplicate.
        using var http = new HttpClient();
        using var repeated = new HttpRequestMessage(HttpMethod.Post, url + "/hooks/fal") { Content = new ReadOnlyMemoryContent(delivery.Body) };
        foreach (var (name, value) in fal.WebhookSigner.Sign(delivery.Body.Span, job.RequestId)) repeated.Headers.Add(name, value);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(repeated)).StatusCode);
        second.Kill();
        await second.WaitForExitAsync();
        Assert.Equal((2, 1), (Count(log, "begin " + job.RequestId), Count(log, "handled " + job.RequestId)));
    }

    private static async Task<Process> StartAsync(FalEmulator fal, string url, string log, string inbox, string mode)
    {
        var started = Count(log, "started");
        var metadata = typeof(WebhookCrashTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();
        var sample = metadata.Single(data => data.Key == "CrashSample").Value!;
        var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { sample, url, log, inbox, mode },
            Environment =
            {
                ["FAL_KEY"] = fal.Key,
                ["FAL_QUEUE_ADDRESS"] = fal.QueueAddress.ToString(),
                ["FAL_RUN_ADDRESS"] = fal.RunAddress.ToString(),
                ["FAL_REST_ADDRESS"] = fal.RestAddress.ToString(),
            },
        })!;
        await WebhookInboxTests.UntilAsync(() => Count(log, "started") > started || process.HasExited);
        Assert.False(process.HasExited, "The sample did not start.");
        return process;
    }

    private static int Count(string path, string start)
    {
        if (!File.Exists(path)) return 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd().Split('\n').Count(line => line.StartsWith(start, StringComparison.Ordinal));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
