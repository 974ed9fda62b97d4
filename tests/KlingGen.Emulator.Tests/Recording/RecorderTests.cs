using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Fal.Emulation.Tests.Recording;

public sealed class RecorderTests
{
    [Fact]
    public async Task A_request_is_recorded_as_it_was_sent()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.SendAsync(
            HttpMethod.Post,
            fixture.Fal.QueueAddress,
            EmulatorFixture.Endpoint + "?a=%2f&b",
            EmulatorFixture.Body,
            ("X-Own", "1"));
        var request = fixture.Fal.Received.One(FalOperation.Submit);
        Assert.Equal(
            (FalService.Queue, "POST", "/" + EmulatorFixture.Endpoint, "?a=%2f&b", EmulatorFixture.Endpoint),
            (request.Service, request.Method, request.Path, request.Query, request.EndpointId));
        Assert.Equal(
            (EmulatorFixture.Body, (long)EmulatorFixture.Body.Length, "1"),
            (request.BodyText, request.BodyLength, request.Headers["x-own"]));
        Assert.Equal("Snow falls.", request.BodyJson().GetProperty("prompt").GetString());
        Assert.Equal((200, fixture.Time.GetUtcNow(), null), (request.StatusCode, request.At, request.Fault));
        Assert.Equal($"POST /{EmulatorFixture.Endpoint}?a=%2f&b -> 200", request.ToString());
    }

    [Theory]
    [InlineData("Key canary-id:canary-secret", "Key canary-id:***")]
    [InlineData("Bearer canary-secret", "Bearer ***")]
    [InlineData("canary-secret", "***")]
    public async Task The_secret_of_a_key_is_never_kept(string authorization, string recorded)
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.Key = "canary-id:canary-secret");
        await fixture.SendAsync(
            HttpMethod.Post,
            fixture.Fal.QueueAddress,
            EmulatorFixture.Endpoint,
            EmulatorFixture.Body,
            ("Authorization", authorization));
        Assert.Equal(recorded, fixture.Fal.Received.One(FalOperation.Submit).Headers["Authorization"]);
        Assert.DoesNotContain(
            "canary-secret",
            JsonSerializer.Serialize(fixture.Fal.Received.All.Select(request => new { request.Headers, request.Path, Text = request.ToString() })),
            StringComparison.Ordinal);
        Assert.DoesNotContain("canary-secret", fixture.Fal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_came_where_it_does_not_belong_is_not_kept_either()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.Key = "canary-id:canary-/secret");
        await fixture.SendAsync(
            HttpMethod.Post,
            fixture.Fal.QueueAddress,
            EmulatorFixture.Endpoint + "?key=canary-id%3Acanary-%2Fsecret",
            EmulatorFixture.Body,
            ("X-Key", "canary-id:canary-/secret"));
        var request = fixture.Fal.Received.One(FalOperation.Submit);
        Assert.Equal(("?key=canary-id%3A***", "canary-id:***"), (request.Query, request.Headers["X-Key"]));
    }

    [Fact]
    public async Task A_long_body_is_counted_whole_and_kept_in_part()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = $$"""{"prompt":"{{new string('x', 3 * 1024 * 1024)}}"}""";
        await fixture.SubmitAsync(body);
        var request = fixture.Fal.Received.One(FalOperation.Submit);
        Assert.Equal((body.Length, 1024 * 1024), (request.BodyLength, request.Body.Length));
    }

    [Fact]
    public async Task The_log_can_be_waited_for_watched_and_cleared()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var finished = new ConcurrentQueue<FalOperation>();
        var both = new TaskCompletionSource();
        fixture.Fal.Received.Finished += request =>
        {
            finished.Enqueue(request.Operation);
            if (finished.Count == 2) both.SetResult();
        };
        var two = fixture.Fal.Received.WaitForAsync(FalOperation.Submit | FalOperation.Status, 2);
        var id = await fixture.SubmitAsync();
        Assert.False(two.IsCompleted);
        await fixture.JobAsync(id, "/status");
        await two;
        // An answer may be read before it counts as finished.
        await both.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal([FalOperation.Submit, FalOperation.Status], finished.Order());
        Assert.Equal(2, fixture.Fal.Received.ForOperation(FalOperation.Any).Count);
        Assert.Throws<InvalidOperationException>(() => fixture.Fal.Received.One(FalOperation.Submit | FalOperation.Status));
        fixture.Fal.Received.Clear();
        Assert.Empty(fixture.Fal.Received.All);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fixture.Fal.Received.WaitForAsync(FalOperation.Submit, 1, new CancellationToken(canceled: true)));
    }

    public static TheoryData<string, int?> RawFaults => new()
    {
        { "reset", null }, { "reset while reading", null }, { "reset after the headers", 200 }, { "cut within the body", 200 }, { "stream cut", 200 },
    };

    /// <summary>In rounds, because the line and the failure of the caller are on two threads.</summary>
    [Theory]
    [MemberData(nameof(RawFaults))]
    public async Task The_file_has_a_call_when_its_caller_sees_the_fault(string fault, int? status)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using var fixture = await EmulatorFixture.StartAsync(options => options.RecordTo = path);
            for (var round = 1; round <= 40; round++)
            {
                fixture.Fal.Faults.Add(FalOperation.Submit, fault switch
                {
                    "reset" => FalFault.Reset(),
                    "reset while reading" => FalFault.ResetWhileReading(),
                    "reset after the headers" => FalFault.ResetAfterHeaders(),
                    "cut within the body" => FalFault.CutBody(),
                    _ => FalFault.CutEvents(1),
                });
                var error = await Record.ExceptionAsync(
                    () => fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, EmulatorFixture.Endpoint, EmulatorFixture.Body));
                Assert.Equal(fault != "stream cut", error is HttpRequestException);
                var lines = await ReadLinesAsync(path);
                Assert.Equal(round, lines.Length);
                var line = JsonDocument.Parse(lines[^1]).RootElement;
                Assert.StartsWith(fault, line.GetProperty("fault").GetString(), StringComparison.Ordinal);
                Assert.Equal(status, line.TryGetProperty("status", out var sent) ? sent.GetInt32() : null);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{\"prompt\":\"\\ud800\"}", JsonValueKind.String)]
    [InlineData("{\"a\":[{\"\\ud800\":1}]}", JsonValueKind.String)]
    [InlineData("{\"prompt\":1} rest", JsonValueKind.String)]
    [InlineData("{\n  \"prompt\": 1\n}", JsonValueKind.Object)]
    public async Task The_file_has_one_line_for_any_body(string body, JsonValueKind kind)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using var fixture = await EmulatorFixture.StartAsync(options => options.RecordTo = path);
            await fixture.SubmitAsync(body);
            var line = JsonDocument.Parse(Assert.Single(await ReadLinesAsync(path))).RootElement;
            Assert.Equal((kind, 200), (line.GetProperty("body").ValueKind, line.GetProperty("status").GetInt32()));
            if (kind == JsonValueKind.String) Assert.Equal(body, line.GetProperty("body").GetString());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("7d0\r\n", 413)]
    [InlineData("zz\r\n", 400)]
    public async Task A_body_that_the_server_rejects_is_recorded_with_the_answer(string chunk, int status)
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.LargestBody = 1000);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, fixture.Fal.QueueAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /{EmulatorFixture.Endpoint} HTTP/1.1\r\nHost: x\r\nAuthorization: Key {fixture.Fal.Key}\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunk + new string('x', 2000) + "\r\n0\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("{\"detail\":\"", answer, StringComparison.Ordinal);
        Assert.Equal(status, fixture.Fal.Received.One(FalOperation.Submit).StatusCode);
    }

    [Fact]
    public void The_bodies_of_recorded_requests_are_limited()
    {
        var log = new FalRequestLog(mostKept: 10, mostBytes: 2_500);
        var requests = Enumerable.Range(0, 4).Select(_ => new FalReceivedRequest(
            FalService.Queue, new Call(FalOperation.Submit), "POST", "/", "", DateTimeOffset.UnixEpoch, new Dictionary<string, string>())).ToList();
        foreach (var request in requests)
        {
            log.Add(request);
            request.Add(new byte[1_000]);
        }
        requests.ForEach(log.Finish);
        Assert.Equal(requests[2..], log.All);
        Assert.Equal(4, log.CountOf(FalOperation.Submit));
        log.Finish(requests[0]);
        Assert.Equal(requests[2..], log.All);
    }

    private static async Task<string[]> ReadLinesAsync(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
