using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

/// <summary>
/// A whole job over real connections, with answers that try to lead the client, and the key, to another server. That server counts connections: there
/// must be none.
/// </summary>
public sealed class HostileAnswerTests : CanaryTest
{
    private const string Id = "019f-abc_1";
    private static readonly JsonElement Input = JsonDocument.Parse("""{"prompt":"x"}""").RootElement;

    [Fact]
    public async Task Addresses_in_any_answer_lead_nowhere_but_to_the_queue()
    {
        await using var evil = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json("""{"status":"COMPLETED"}""")));
        foreach (var root in Roots(evil.Port))
        {
            await using var server = new ScriptedServer();
            foreach (var step in Job(root(server.Port))) server.Then(step);
            using var fal = On(server);
            var result = await fal.Endpoint("acme/lumen/v1/draft").RunAsync(Input);
            Assert.Equal(7, result.Json.GetProperty("seed").GetInt32());
            Assert.Equal(
                ["/acme/lumen/v1/draft", $"/acme/lumen/requests/{Id}/status", $"/acme/lumen/requests/{Id}/status", $"/acme/lumen/requests/{Id}"],
                server.Requests.Select(request => request.Path.Split('?')[0]));
        }
        Assert.Equal(0, evil.Connections);
    }

    [Fact]
    public async Task Addresses_that_are_no_text_do_no_harm()
    {
        foreach (var value in new[] {
            "null",
            "17",
            "true",
            "{}",
            "[\"https://evil.example\"]",
            "\"\\ud800\"",
            "\"" + new string('a', 1024 * 1024) + "\"" })
        {
            await using var server = new ScriptedServer(
                ServerSteps.Json($$"""{"request_id":"{{Id}}","status_url":{{value}},"response_url":{{value}},"cancel_url":{{value}}}"""),
                ServerSteps.Json($$"""{"status":"COMPLETED","status_url":{{value}},"response_url":{{value}}}"""),
                ServerSteps.Json("""{"seed":7}"""));
            using var fal = On(server);
            Assert.Equal(7, (await fal.Endpoint("acme/lumen").RunAsync(Input)).Json.GetProperty("seed").GetInt32());
        }
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("a\\nHost: evil")]
    [InlineData("")]
    [InlineData("%2e%2e")]
    public async Task A_request_id_that_could_climb_is_never_part_of_an_address(string id)
    {
        await using var server = new ScriptedServer(ServerSteps.Json($$"""{"request_id":"{{id}}"}"""));
        using var fal = On(server);
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fal.Endpoint("acme/lumen").SubmitAsync(Input));
        Assert.Null(error.RequestId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_redirect_at_any_step_of_a_job_ends_in_an_error_and_not_elsewhere()
    {
        await using var evil = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json("""{"request_id":"x","status":"COMPLETED"}""")));
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            for (var at = 0; at < 3; at++)
            {
                await using var server = new ScriptedServer();
                ServerStep[] steps = [ServerSteps.Json($$"""{"request_id":"{{Id}}"}"""), ServerSteps.Json("""{"status":"COMPLETED"}"""), ServerSteps
                    .Json("""{"seed":7}""")];
                steps[at] = ServerSteps.Redirect(status, evil.Address + "x");
                foreach (var step in steps[..(at + 1)]) server.Then(step);
                using var fal = On(server);
                var error = await Assert.ThrowsAnyAsync<FalException>(() => fal.Endpoint("acme/lumen").RunAsync(Input));
                Assert.Equal("acme/lumen", error.EndpointId);
                if (at > 0) Assert.Equal(Id, error.RequestId);
                Assert.Equal(1, server.Requests.Count(request => request.Method == "POST"));
            }
        }
        Assert.Equal(0, evil.Connections);
    }

    [Fact]
    public async Task A_key_that_fal_echoes_anywhere_in_a_job_stays_out_of_errors_and_tokens()
    {
        var key = CanaryGuard.Key;
        ServerStep[] refusals =
        [
            ServerSteps.Json($$"""{"detail":"Invalid key {{key}}"}""", 401), ServerSteps.Json(
                $$"""{"detail":[{"loc":["body","{{key}}"],"msg":"{{key}}","type":"{{key}}"}]}""",
                422),
            ServerSteps.Reply(500, "text/html", $"<h1>{key}</h1>"), ServerSteps.Json($$"""{"detail":"{{key}}"}""", 429),
        ];
        foreach (var refusal in refusals)
        {
            await using var server = new ScriptedServer(refusal);
            using var fal = On(server);
            var error = await Assert.ThrowsAnyAsync<FalException>(() => fal.Endpoint("acme/lumen").RunAsync(Input));
            Canary.Watch(error);
        }
        await using var failing = new ScriptedServer(
            ServerSteps.Json($$"""{"request_id":"{{Id}}"}"""),
            ServerSteps.Json($$"""{"status":"COMPLETED","error":"{{key}}","error_type":"{{key}}","logs":[{"message":"{{key}}"}]}"""),
            ServerSteps.Json($$"""{"detail":"{{key}}","error_type":"{{key}}"}""", 500, "x-fal-request-id: " + Id));
        using var client = On(failing);
        var job = await client.Endpoint("acme/lumen").SubmitAsync(Input);
        Canary.Watch("token", job.ToToken().ToString());
        Canary.Watch("job", job.ToString());
        var failed = await Assert.ThrowsAsync<FalJobFailedException>(() => job.GetResultAsync());
        Canary.Watch(failed);
    }

    private static Func<int, string>[] Roots(int evil) =>
    [
        _ => $"http://127.0.0.1:{evil}", _ => $"http://localhost:{evil}", own => $"http://127.0.0.1:{own}@127.0.0.1:{evil}", own
            => $"http://127.0.0.1:{own}.127.0.0.1:{evil}", _ => $"//127.0.0.1:{evil}",
        own => $"http://127.0.0.1:{own}\\\\@127.0.0.1:{evil}", own => $"\\thttp://127.0.0.1:{own}", own => $" http://127.0.0.1:{own}", own
            => $"https://127.0.0.1:{own}", own => $"http://127.0.0.1.:{own}",
        own => $"http://user:pass@127.0.0.1:{own}", own => $"http://127.0.0.1:{own}/../..", own => $"http://127.0.0.1:{own}/%2e%2e", _
            => "https://evilfal.ai", _ => "https://queue.fal.run", _ => "/\\\\evil",
    ];

    private static IEnumerable<ServerStep> Job(string root)
    {
        var job = $"{root}/acme/lumen/requests/{Id}";
        var urls = $"\"status_url\":\"{job}/status\",\"response_url\":\"{job}\",\"cancel_url\":\"{job}/cancel\"";
        yield return ServerSteps.Json($$"""{"request_id":"{{Id}}","status":"IN_QUEUE",{{urls}} }""");
        yield return ServerSteps.Json(
            $$"""{"status":"IN_PROGRESS",{{urls}} }""",
            202,
            $"Location: {(root.Contains('\\', StringComparison.Ordinal) ? "/x" : root)}");
        yield return ServerSteps.Json($$"""{"status":"COMPLETED",{{urls}} }""");
        yield return ServerSteps.Json("""{"seed":7}""");
    }

    private static FalClient On(ScriptedServer server) => new(new FalClientOptions
    {
        Key = CanaryGuard.Key,
        QueueAddress = server.Address,
        RunAddress = server.Address,
        RestAddress = server.Address,
        AllowHttpOnLoopback = true,
        TimeProvider = new FakeTime { SkipDelays = true },
    });
}
