using System.Text.Json;
using Fal.Tests.Harness;
using Fal.Tests.Wire;
using Fal.Wire;

namespace Fal.Tests.Jobs;

/// <summary>From a request to a job.</summary>
public sealed class SubmitTests : CanaryTest
{
    [Fact]
    public async Task A_submit_posts_the_input_itself_to_the_whole_endpoint_id_and_keeps_what_fal_returns()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        var job = await fixture.SubmitAsync();
        var sent = fixture.Handler.Request;
        Assert.Equal("POST", sent.Method);
        Assert.Equal("https://queue.fal.run/acme/lumen/v1/text-to-clip", sent.Url.AbsoluteUri);
        Assert.Equal("""{"prompt":"a heron at dawn"}""", sent.Text);
        Assert.Equal("application/json", sent["Content-Type"]);
        Assert.Equal("application/json", sent["Accept"]);
        Assert.DoesNotContain(sent.Headers, header => header.Key.StartsWith("x-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(JobFixture.RequestId, job.RequestId);
        Assert.Equal(JobFixture.Id, job.EndpointId);
        Assert.Equal(FalJobState.InQueue, job.LastStatus!.State);
        Assert.Equal(2, job.QueuePosition);
        Assert.Equal(fixture.Time.GetUtcNow(), job.SubmittedAt);
        Assert.Equal($"https://queue.fal.run/acme/lumen/requests/{JobFixture.RequestId}/status", job.StatusUrl.AbsoluteUri);
        Assert.Equal($"https://queue.fal.run/acme/lumen/requests/{JobFixture.RequestId}", job.ResultUrl.AbsoluteUri);
        Assert.Equal($"https://queue.fal.run/acme/lumen/requests/{JobFixture.RequestId}/cancel", job.CancelUrl.AbsoluteUri);
        Assert.Equal($"{JobFixture.Id} {JobFixture.RequestId} IN_QUEUE (position 2)", job.ToString());
        Assert.Null(job.BillableUnits);
        Assert.Null(job.InferenceTime);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task Every_option_reaches_the_wire()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        await fixture.SubmitAsync(new FalSubmitOptions
        {
            Webhook = new Uri("https://example.com/hook?a=1&b=ü"),
            Priority = FalPriority.Low,
            StartTimeout = TimeSpan.FromSeconds(30.5),
            MaxQueueLength = 12,
            RunnerHint = "session 7",
            NoServerRetries = true,
            ServerRetries = new FalServerRetries { ServerError = 0, Timeout = 2, ConnectionError = 3 },
            StoreIo = false,
            OutputLifecycle = new FalLifecycle
            {
                ExpiresAfter = TimeSpan.FromHours(1),
                Access = new FalAccess
                {
                    Default = FalAccessDecision.Forbid,
                    Rules = [new FalAccessRule("zoë", FalAccessDecision.Allow), new FalAccessRule("max", FalAccessDecision.Hide)],
                },
            },
            DisableFallbacks = true,
            Tags = new Dictionary<string, string> { ["team"] = "film", ["shot.no"] = "12 b" },
            Headers = new Dictionary<string, string> { ["X-Mine"] = "yes", ["x-fal-runner-hint"] = "loses" },
        });
        var sent = fixture.Handler.Request;
        Assert.Equal(
            "/acme/lumen/v1/text-to-clip?fal_webhook=https%3A%2F%2Fexample.com%2Fhook%3Fa%3D1%26b%3D%25C3%25BC&fal_max_queue_length=12",
            sent.Path);
        Assert.Equal("low", sent["X-Fal-Queue-Priority"]);
        Assert.Equal("30.5", sent["X-Fal-Request-Timeout"]);
        Assert.Equal("30.5", sent["X-Fal-Request-Start-Timeout"]);
        Assert.Equal("session 7", sent["X-Fal-Runner-Hint"]);
        Assert.Equal("1", sent["X-Fal-No-Retry"]);
        Assert.Equal("""{"server_error":{"retries":0},"timeout":{"retries":2},"connection_error":{"retries":3}}""", sent["X-Fal-Retry-Config"]);
        Assert.Equal("0", sent["X-Fal-Store-IO"]);
        Assert.Equal(
            """{"expiration_duration_seconds":3600,"initial_acl":{"default":"forbid","rules":[{"user":"zo\u00EB","decision":"allow"},"""
                + """{"user":"max","decision":"hide"}]}}""",
            sent["X-Fal-Object-Lifecycle-Preference"]);
        Assert.Equal("true", sent["x-app-fal-disable-fallback"]);
        Assert.Equal("true", sent["x-fal-disable-fallbacks"]);
        Assert.Equal("team=film,shot.no=12 b", sent["X-Fal-Tags"]);
        Assert.Equal("yes", sent["X-Mine"]);
    }

    [Fact]
    public async Task What_is_not_said_is_not_sent()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        await fixture.SubmitAsync(new FalSubmitOptions
        {
            Priority = FalPriority.Normal,
            NoServerRetries = false,
            StoreIo = true,
            DisableFallbacks = false,
            ServerRetries = new FalServerRetries(),
            OutputLifecycle = new FalLifecycle(),
            Tags = new Dictionary<string, string>(),
            Headers = new Dictionary<string, string>(),
        });
        var names = fixture.Handler.Request.Headers.Select(header => header.Key)
            .Where(name => name.StartsWith("X-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["X-Fal-Object-Lifecycle-Preference", "X-Fal-Queue-Priority", "X-Fal-Retry-Config"], names.Order(StringComparer.Ordinal));
        Assert.Equal("{}", fixture.Handler.Request["X-Fal-Object-Lifecycle-Preference"]);
        Assert.Equal("normal", fixture.Handler.Request["X-Fal-Queue-Priority"]);
    }

    public static TheoryData<string, FalSubmitOptions> Wrong()
    {
        var data = new TheoryData<string, FalSubmitOptions>
        {
            { "Webhook", new FalSubmitOptions { Webhook = new Uri("/hook", UriKind.Relative) } },
            { "Webhook", new FalSubmitOptions { Webhook = new Uri("ftp://example.com/") } },
            { "MaxQueueLength", new FalSubmitOptions { MaxQueueLength = -1 } },
            { "StartTimeout", new FalSubmitOptions { StartTimeout = TimeSpan.FromSeconds(1) } },
            { "StartTimeout", new FalSubmitOptions { StartTimeout = TimeSpan.MaxValue } },
            { "RunnerHint", new FalSubmitOptions { RunnerHint = "a\r\nX-Evil: 1" } },
            { "RunnerHint", new FalSubmitOptions { RunnerHint = "naïve" } },
            { "RunnerHint", new FalSubmitOptions { RunnerHint = "a\0" } },
            { "FalPriority", new FalSubmitOptions { Priority = (FalPriority)7 } },
            { "FalServerRetries", new FalSubmitOptions { ServerRetries = new FalServerRetries { Timeout = 11 } } },
            { "FalServerRetries", new FalSubmitOptions { ServerRetries = new FalServerRetries { ServerError = -1 } } },
            { "ExpiresAfter", new FalSubmitOptions { OutputLifecycle = new FalLifecycle { ExpiresAfter = TimeSpan.Zero } } },
            { "ExpiresAfter", new FalSubmitOptions { OutputLifecycle = new FalLifecycle { ExpiresAfter = TimeSpan.MaxValue } } },
            {
                "FalAccessDecision",
                new FalSubmitOptions { OutputLifecycle = new FalLifecycle { Access = new FalAccess { Default = (FalAccessDecision)9 } } } },
            { "Deadline", new FalSubmitOptions { Deadline = TimeSpan.Zero } },
            { "Deadline", new FalSubmitOptions { Deadline = TimeSpan.FromDays(60) } },
            { "FalPolling", new FalSubmitOptions { Polling = new FalPolling { Shortest = TimeSpan.Zero } } },
            { "11 tags", Tagged([.. Enumerable.Range(0, 11).Select(i => ($"t{i}", "v"))]) },
            { "Tag name", Tagged(("", "v")) },
            { "Tag name", Tagged(("Upper", "v")) },
            { "Tag name", Tagged(("a=b", "v")) },
            { "Tag name", Tagged((new string('a', 65), "v")) },
            { "fal.", Tagged(("fal.x", "v")) },
            { "'t'", Tagged(("t", "a,b")) },
            { "'t'", Tagged(("t", "a\nb")) },
            { "'t'", Tagged(("t", "ü")) },
            { "'t'", Tagged(("t", new string('v', 257))) },
            { "'t'", Tagged(("t", null!)) },
            { "1024", Tagged([.. Enumerable.Range(0, 5).Select(i => ($"t{i}", new string('v', 250)))]) },
        };
        foreach (var name in new[] {
            "Authorization",
            "authorization",
            "Host",
            "Cookie",
            "Content-Length",
            "Content-Type",
            "x-fal-target-url",
            "Transfer-Encoding",
            "a b",
            "",
            "X-Ü",
            "X\r\nY" })
            data.Add("header", new FalSubmitOptions { Headers = new Dictionary<string, string> { [name] = "v" } });
        foreach (var value in new[] { "a\rb", "a\nb", "a\0b", "ü", null! })
            data.Add("X-Mine", new FalSubmitOptions { Headers = new Dictionary<string, string> { ["X-Mine"] = value } });
        return data;

        static FalSubmitOptions Tagged(params (string Name, string Value)[] tags)
            => new() { Tags = tags.ToDictionary(tag => tag.Name, tag => tag.Value) };
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_option_that_cannot_be_sent_is_refused_before_anything_is(string named, FalSubmitOptions options)
    {
        using var fixture = new JobFixture(Canary);
        var error = await Assert.ThrowsAnyAsync<ArgumentException>(() => fixture.SubmitAsync(options));
        Assert.Contains(named, error.Message, StringComparison.OrdinalIgnoreCase);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => fixture.Endpoint.RunDirectAsync(JobFixture.Request, options));
        Assert.ThrowsAny<ArgumentException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request, options));
        Assert.Empty(fixture.Handler.Requests);
    }

    [Fact]
    public async Task All_problems_of_a_request_are_named_at_once_and_nothing_is_sent()
    {
        using var fixture = new JobFixture(Canary);
        var wrong = new TextToClipRequest { Prompt = "", Guidance = 3, Duration = (TextToClipDuration)99 };
        var error = await Assert.ThrowsAsync<FalValidationException>(() => fixture.Endpoint.SubmitAsync(wrong));
        Assert.Equal(["duration", "guidance", "prompt"], error.Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
        Assert.Equal(JobFixture.Id, error.EndpointId);
        Assert.Equal(error.Problems, fixture.Endpoint.Check(wrong));
        Assert.Empty(fixture.Endpoint.Check(JobFixture.Request));
        Assert.Empty(fixture.Handler.Requests);
        await Assert.ThrowsAsync<FalValidationException>(() => fixture.Endpoint.RunDirectAsync(wrong));
        await Assert.ThrowsAsync<FalValidationException>(() => fixture.Endpoint.RunAsync(wrong));
        Assert.Empty(fixture.Handler.Requests);
    }

    [Fact]
    public async Task Local_checks_can_be_skipped_in_so_many_words()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        await fixture.Endpoint.SubmitAsync(new TextToClipRequest { Prompt = "", Guidance = 3 }, new FalSubmitOptions { SkipLocalChecks = true });
        Assert.Equal("""{"prompt":"","guidance":3}""", fixture.Handler.Request.Text);
    }

    [Fact]
    public async Task Local_media_are_uploaded_once_each_and_their_addresses_sent()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        fixture.Handler.On("POST", "/storage/upload/initiate", Ticket(1), Ticket(2), Ticket(3))
            .On("PUT", "https://storage.example/", Replies.Empty());
        var (one, two) = (FalMedia.FromBytes(Media.SampleFiles.Png()), FalMedia.FromBytes(Media.SampleFiles.Png()));
        await fixture.Endpoint
            .SubmitAsync(new TextToClipRequest { Prompt = "x", ImageUrl = one, MaskUrls = [two, one, "https://example.com/m.png"] });
        Assert.Equal(2, Uploads(fixture));
        using var sent = System.Text.Json.JsonDocument.Parse(fixture.Handler.Requests[^1].Text);
        var image = sent.RootElement.GetProperty("image_url").GetString()!;
        var masks = sent.RootElement.GetProperty("mask_urls").EnumerateArray().Select(mask => mask.GetString()!).ToArray();
        Assert.Equal([masks[0], image, "https://example.com/m.png"], masks);
        Assert.Equal(["https://v3.fal.media/1", "https://v3.fal.media/2"], new[] { image, masks[0] }.Order());

        // Bytes that are no image are uploaded as well where checks are skipped.
        var other = FalMedia.FromBytes(new byte[] { 1 });
        await fixture.Endpoint.SubmitAsync(new TextToClipRequest { Prompt = "", ImageUrl = other }, new FalSubmitOptions { SkipLocalChecks = true });
        Assert.Equal(3, Uploads(fixture));
        Assert.Equal("""{"prompt":"","image_url":"https://v3.fal.media/3"}""", fixture.Handler.Requests[^1].Text);
    }

    [Fact]
    public async Task With_the_clients_own_uploads_the_bytes_go_first_and_the_key_stays_with_fal()
    {
        var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        using var fixture = new JobFixture(Canary);
        fixture.Handler.On(
            "POST",
            "/storage/upload/initiate",
            Replies.Json("""{"upload_url":"https://storage.example/put?sig=1","file_url":"https://v3.fal.media/files/car.png"}"""))
            .On("PUT", "https://storage.example/", Replies.Empty());
        fixture.OnSubmit();
        await fixture.Endpoint.SubmitAsync(new TextToClipRequest { Prompt = "x", ImageUrl = FalMedia.FromBytes(png, fileName: "car.png") });
        Assert.Equal(
            ["POST rest.fal.ai", "PUT storage.example", "POST queue.fal.run"],
            fixture.Handler.Requests.Select(request => $"{request.Method} {request.Host}"));
        Assert.Equal(png, fixture.Handler.Requests[1].Body);
        Assert.Null(fixture.Handler.Requests[1]["Authorization"]);
        Assert.Equal("""{"prompt":"x","image_url":"https://v3.fal.media/files/car.png"}""", fixture.Handler.Requests[2].Text);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task What_a_look_into_the_files_shows_is_named_with_the_rest_before_a_byte_is_uploaded()
    {
        using var fixture = new JobFixture(Canary);
        var error = await Assert.ThrowsAsync<FalValidationException>(
            () => fixture.Endpoint.SubmitAsync(new TextToClipRequest { Prompt = "", ImageUrl = FalMedia.FromBytes(new byte[] { 1 }) }));
        Assert.Equal(["prompt", "image_url"], error.Problems.Select(problem => problem.Path));
        Assert.Empty(fixture.Handler.Requests);
    }

    [Fact]
    public async Task An_upload_that_fails_is_the_error_and_nothing_is_submitted()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.On("POST", "/storage/upload/initiate", Replies.Empty(403));
        var error = await Assert.ThrowsAsync<FalAuthenticationException>(
            () => fixture.Endpoint.SubmitAsync(new TextToClipRequest { Prompt = "x", ImageUrl = FalMedia.FromBytes(Media.SampleFiles.Png()) }));
        Assert.Equal(JobFixture.Id, error.EndpointId);
        Assert.Equal("rest.fal.ai", Assert.Single(fixture.Handler.Requests).Host);
    }

    [Fact]
    public async Task A_refusal_by_fal_is_typed_and_names_the_members()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(
            """{"detail":[{"loc":["body","image_url"],"msg":"too small","type":"image_too_small","ctx":{"min_width":300}}]}""",
            422,
            "x-fal-request-id: " + JobFixture.RequestId);
        var error = await Assert.ThrowsAsync<FalRequestRejectedException>(() => fixture.SubmitAsync());
        var problem = Assert.Single(error.Problems);
        Assert.Equal(("image_url", "image_too_small", "ImageUrl"), (problem.Path, problem.Type, problem.Property));
        Assert.Equal(JobFixture.Id, error.EndpointId);
        Assert.Equal(JobFixture.RequestId, error.RequestId);
        fixture.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"request_id\":null}")]
    [InlineData("{\"request_id\":7}")]
    [InlineData("{\"request_id\":\"../../x\"}")]
    [InlineData("{\"request_id\":\"a b\"}")]
    [InlineData("{\"request_id\":\"\\ud800\"}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("<html>")]
    public async Task An_acceptance_without_a_request_id_takes_it_from_the_header_or_says_that_the_outcome_is_unknown(string answer)
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(answer, 200, "x-fal-request-id: " + JobFixture.RequestId).Json(answer);
        Assert.Equal(JobFixture.RequestId, (await fixture.SubmitAsync()).RequestId);
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.SubmitAsync());
        Assert.Equal(JobFixture.Id, error.EndpointId);
        Assert.Equal(2, fixture.Handler.Requests.Count);
    }

    [Fact]
    public async Task An_acceptance_that_breaks_off_keeps_what_came()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json($$"""{"request_id":"{{JobFixture.RequestId}}","status_url":"ht""");
        Assert.Equal(JobFixture.RequestId, (await fixture.SubmitAsync()).RequestId);
    }

    [Fact]
    public async Task A_submit_whose_connection_breaks_is_sent_once_and_its_outcome_is_unknown()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Then(Replies.Reset());
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.SubmitAsync());
        Assert.Equal(JobFixture.Id, error.EndpointId);
        Assert.Single(fixture.Handler.Requests);
    }

    [Fact]
    public async Task The_dynamic_door_takes_any_endpoint_and_any_json()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.On("POST", "https://fal.run/", Replies.Json("""{"b":2}"""));
        fixture.OnSubmit().OnStatus(JobFixture.Done()).OnResult();
        var endpoint = fixture.Fal.Client.Endpoint(JobFixture.Id);
        Assert.Equal(JobFixture.Id, endpoint.EndpointId);
        Assert.Same(fixture.Fal.Client, endpoint.Client);
        Assert.Equal(JobFixture.Id, endpoint.ToString());
        using var input = JsonDocument.Parse("""{ "a": [1, 2.50, "<é>"] }""");
        var job = await endpoint.SubmitAsync(input.RootElement);
        Assert.Equal("https://v3.fal.media/files/clip.mp4", (await job.GetResultAsync()).Json.GetProperty("clip").GetProperty("url").GetString());
        var sent = JsonDocument.Parse(fixture.Handler.Requests[0].Text).RootElement;
        Assert.True(JsonElement.DeepEquals(input.RootElement, sent));
        Assert.Equal(7, (await endpoint.RunAsync(input.RootElement, null)).Json.GetProperty("seed").GetInt32());
        Assert.Equal(7, (await endpoint.RunAsync(input.RootElement, null, new Progress())).Json.GetProperty("seed").GetInt32());
        Assert.Equal(2, (await endpoint.RunDirectAsync(input.RootElement)).Json.GetProperty("b").GetInt32());
        Assert.Equal(2, (await endpoint.StreamAsync(input.RootElement).GetResultAsync()).Json.GetProperty("b").GetInt32());
        Assert.Throws<ArgumentException>(() => fixture.Fal.Client.Endpoint("https://evilfal.ai/x"));
        Assert.Throws<ArgumentNullException>(() => new FalEndpoint<FalRawResult, FalRawResult>(null!, "a/b"));
    }

    private sealed class Progress : IProgress<FalJobUpdate>
    {
        public void Report(FalJobUpdate value) => Assert.NotNull(value.Status);
    }

    private static int Uploads(JobFixture fixture) => fixture.Handler.Requests.Count(request => request.Method == "PUT");

    private static Answer Ticket(int number)
        => Replies.Json($$"""{"upload_url":"https://storage.example/put/{{number}}","file_url":"https://v3.fal.media/{{number}}"}""");
}
