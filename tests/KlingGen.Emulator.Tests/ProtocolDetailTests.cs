using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Emulation.Tests;

/// <summary>Details of answers that any client may depend on, and inputs that must not break the emulator.</summary>
public sealed class ProtocolDetailTests
{
    [Fact]
    public async Task An_upload_without_a_body_in_its_answer_is_recorded_as_answered()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var announced = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RestAddress, "storage/upload/initiate",
            """{"content_type":"text/plain","file_name":"a.txt"}""");
        var finished = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Fal.Received.Finished += request =>
        {
            if (request.Operation == FalOperation.Upload) finished.TrySetResult(request.StatusCode);
        };
        await fixture.SendAsync(HttpMethod.Put, new Uri(announced.Json.GetProperty("upload_url").GetString()!), "", "hello", ("Authorization", ""));
        Assert.Equal(200, await finished.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Each_planned_error_has_a_request_id_of_its_own_on_the_emulators_clock()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.Error(503), times: 3);
        var ids = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, EmulatorFixture.Endpoint, EmulatorFixture.Body);
            Assert.Equal(503, answer.StatusCode);
            Assert.True(ids.Add(answer.Headers["x-fal-request-id"]));
        }

        // An id of version 7 begins with its time in milliseconds.
        var milliseconds = Convert.ToInt64(ids.First().Replace("-", "", StringComparison.Ordinal)[..12], 16);
        Assert.Equal(fixture.Time.GetUtcNow().ToUnixTimeMilliseconds(), milliseconds);
    }

    [Theory]
    [InlineData("text/plain\\r\\nX-Evil: 1")]
    [InlineData("text")]
    [InlineData("\\ud800")]
    public async Task A_content_type_that_cannot_be_a_header_is_refused(string contentType)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RestAddress, "storage/upload/initiate",
            $$"""{"content_type":"{{contentType}}","file_name":"a.txt"}""");
        Assert.Equal(422, answer.StatusCode);
        Assert.Equal("content_type", answer.Json.GetProperty("detail")[0].GetProperty("loc")[1].GetString());
    }

    [Theory]
    [InlineData("""{"prompt":"\ud800","image_url":"https://example.com/car.jpg"}""", 200)]
    [InlineData("""{"prompt":"a \udc00 b \ud83d\ude00","image_url":"https://example.com/car.jpg"}""", 200)]
    [InlineData("""{"prompt":5,"\ud800":1,"image_url":"https://example.com/car.jpg"}""", 422)]
    public async Task Half_surrogates_in_a_request_are_no_internal_error(string body, int expected)
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.RefuseOnSubmit = true);
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, EmulatorFixture.Endpoint, body);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_status_has_an_empty_list_of_logs_unless_they_are_asked_for()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var submit = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, EmulatorFixture.Endpoint, EmulatorFixture.Body);
        Assert.Equal(JsonValueKind.Null, submit.Json.GetProperty("logs").ValueKind);
        var id = submit.Json.GetProperty("request_id").GetString()!;
        var queued = await fixture.JobAsync(id, "/status");
        Assert.Equal(1, queued.Json.GetProperty("queue_position").GetInt32());
        Assert.Equal(0, queued.Json.GetProperty("logs").GetArrayLength());
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        var working = await fixture.JobAsync(id, "/status");
        Assert.Equal((202, "IN_PROGRESS"), (working.StatusCode, working.Json.GetProperty("status").GetString()));
        Assert.False(working.Json.TryGetProperty("queue_position", out _));
        Assert.DoesNotContain(working.Headers.Keys, name => name.StartsWith("x-fal-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Browsers_may_call_every_host_and_types_are_not_guessed()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        foreach (var host in (Uri[])[fixture.Fal.QueueAddress, fixture.Fal.RunAddress, fixture.Fal.RestAddress, fixture.Fal.MediaAddress])
        {
            var preflight = await fixture.SendAsync(HttpMethod.Options, host, "any/path", null, ("Authorization", ""),
                ("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization"));
            Assert.Equal((204, "*", "authorization"),
                (preflight.StatusCode, preflight.Headers["Access-Control-Allow-Origin"], preflight.Headers["Access-Control-Allow-Headers"]));
            var answer = await fixture.SendAsync(HttpMethod.Get, host, "no/such/path");
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Contains("x-fal-request-id", answer.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_host_answers_a_health_check_that_is_not_recorded()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        foreach (var host in (Uri[])[fixture.Fal.QueueAddress, fixture.Fal.RunAddress, fixture.Fal.RestAddress, fixture.Fal.MediaAddress])
            Assert.Equal("ok",
                (await fixture.SendAsync(HttpMethod.Get, host, "health", null, ("Authorization", ""))).Json.GetProperty("status").GetString());
        Assert.Empty(fixture.Fal.Received.All);
    }

    [Fact]
    public async Task The_oldest_requests_jobs_and_files_are_forgotten_beyond_the_limits()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => (options.MostKept, options.MostFileBytes) = (2, 10));
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add(await fixture.SubmitAsync());
        Assert.Equal((2, 3), (fixture.Fal.Received.All.Count, fixture.Fal.Received.CountOf(FalOperation.Submit)));
        Assert.Equal(404, (await fixture.JobAsync(ids[0], "/status")).StatusCode);
        Assert.Equal(202, (await fixture.JobAsync(ids[2], "/status")).StatusCode);

        var first = fixture.Fal.Files.Add("a.txt", new byte[6]);
        var second = fixture.Fal.Files.Add("b.txt", new byte[6]);
        Assert.Null(fixture.Fal.Files.Find(first.Url.AbsoluteUri));
        Assert.NotNull(fixture.Fal.Files.Find(second.Url.AbsoluteUri));

        var third = fixture.Fal.Files.Add("c.txt", new byte[1]);
        fixture.Fal.Files.Add("d.txt", new byte[1]);
        Assert.Null(fixture.Fal.Files.Find(second.Url.AbsoluteUri));
        Assert.NotNull(fixture.Fal.Files.Find(third.Url.AbsoluteUri));
    }

    [Fact]
    public async Task A_client_of_the_emulator_polls_without_the_pauses_of_production()
    {
        var time = new FakeTime { SkipDelays = true };
        await using var fal = await FalEmulator.StartAsync(new FalEmulatorOptions { TimeProvider = time });
        fal.Script.For("**", FalEmulatedRun.Instant);
        using var client = fal.CreateClient();
        var before = time.GetUtcNow();
        await client.Endpoint(EmulatorFixture.Endpoint).RunAsync(JsonSerializer.Deserialize<JsonElement>(EmulatorFixture.Body));
        Assert.True(time.GetUtcNow() - before < TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Made_pictures_show_the_endpoint_and_the_prompt()
    {
        var plain = new Scene(1280, 720, 3);
        var marked = new Scene(1280, 720, 3, new MediaMark("fal-ai/kling-video/v1/tts", "A heron at dawn."));
        var changed = Enumerable.Range(0, plain.Field.Count).Where(i => plain.Field[i] != marked.Field[i]).Select(i => i / plain.Columns).ToHashSet();
        Assert.Contains(changed, row => row < plain.Rows / 2);
        Assert.Contains(changed, row => row > plain.Rows / 2);

        // The first letter, an F of three by five points.
        var ink = marked.Field[plain.Columns + 1];
        bool IsInk(int column, int row) => marked.Field[(1 + row) * plain.Columns + 1 + column] == ink;
        Assert.Equal(["###", "#..", "##.", "#..", "#.."],
            Enumerable.Range(0, 5).Select(row => string.Concat(Enumerable.Range(0, 3).Select(column => IsInk(column, row) ? '#' : '.'))));
    }
}
