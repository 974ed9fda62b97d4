using System.Net;
using System.Text.Json;
using Fal.KlingVideo;
using KlingGen.AspNetCore.Tests.Harness;

namespace KlingGen.AspNetCore.Tests.Proxy;

public sealed class ProxyTests
{
    [Fact]
    public async Task A_client_without_a_key_runs_an_endpoint_and_uploads_through_the_proxy()
    {
        await using var app = await ProxyApp.StartAsync();
        app.Fal.Script.For("**", FalEmulatedRun.Instant with { Result = WebhookApp.VideoJson });
        using var client = app.CreateClient(options => options.Uploads = new() { MultipartAbove = 6 * 1024 * 1024, PartSize = 5 * 1024 * 1024 });
        var image = new byte[12 * 1024 * 1024];
        Random.Shared.NextBytes(image);
        var request = ProImageToVideoRequest.Example() with { ImageUrl = await client.Files.UploadAsync(FalMedia.FromBytes(image, "image/png")) };
        var job = await client.KlingVideo().V1_6.Pro.ImageToVideo.SubmitAsync(request);
        var result = await job.GetResultAsync();

        Assert.Equal("https://v3.fal.media/files/a.mp4", result.Video.Url);
        Assert.Equal(3, app.Fal.Received.CountOf(FalOperation.UploadPart));
        var submit = app.Fal.Received.One(FalOperation.Submit);
        Assert.Equal(app.KeyHeader, submit.Headers["Authorization"]);
        Assert.Equal("KlingGen.AspNetCore", submit.Headers["x-fal-client-proxy"]);
        Assert.DoesNotContain("x-fal-target-url", submit.Headers.Keys);
        Assert.DoesNotContain(app.Fal.Received.All, received => received.ShowedKey);
        Assert.Equal(ProxyApp.Endpoint, submit.EndpointId);

        Assert.Equal(FalCancelOutcome.AlreadyCompleted, await job.CancelAsync());
        await Assert.ThrowsAsync<FalAuthenticationException>(() => client.Platform.GetPricesAsync(["fal-ai/kling-video"]));
    }

    [Fact]
    public async Task Streams_arrive_piece_by_piece()
    {
        await using var app = await ProxyApp.StartAsync();
        var run = new FalEmulatedRun
        {
            QueuePositions = [],
            Duration = Timeout.InfiniteTimeSpan,
            Logs = [new("loaded") { At = TimeSpan.Zero }],
        };
        app.Fal.Script.For("**", run);
        using var client = app.CreateClient();
        var job = await client.Endpoint(ProxyApp.Endpoint).SubmitAsync(JsonDocument.Parse(ProxyApp.Input).RootElement);
        await foreach (var update in job.WatchAsync(new FalWaitOptions { StatusStream = true }))
        {
            if (update.NewLogs.Count == 0) continue;
            Assert.Equal("loaded", update.NewLogs[0].Message);
            break;
        }
        // The job never ends, so the line was read from a stream that is open.
        Assert.Equal(1, app.Fal.Received.CountOf(FalOperation.StatusStream));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(422)]
    public async Task The_key_never_returns(int status)
    {
        await using var app = await ProxyApp.StartAsync();
        var (key, secret) = (app.Fal.Key, app.Fal.Key.Split(':')[1]);
        var base64 = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(key));
        var echo = $$"""{"detail": "you sent Key {{key}}, {{secret}} and {{base64}}", "rest": "{{new string('x', 40_000)}}{{key}}"}""";
        app.Fal.Faults.Add(FalOperation.Submit, FalFault.Answer(status, echo, headers: new Dictionary<string, string>
        {
            ["x-fal-echo"] = $"Key {key}",
            ["x-fal-request-id"] = "r1",
            ["Set-Cookie"] = "session=fal",
            ["X-Internal"] = "10.0.0.1",
        }));
        using var response = await app.SendAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.DoesNotContain(secret, body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(base64[8..^8], body, StringComparison.Ordinal);
        Assert.Contains("you sent Key ***", body, StringComparison.Ordinal);
        Assert.Equal("r1", response.Headers.GetValues("x-fal-request-id").Single());
        Assert.DoesNotContain(secret, response.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.False(response.Headers.Contains("Set-Cookie") || response.Headers.Contains("X-Internal"));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain(app.App.Log.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Only_headers_for_fal_travel()
    {
        await using var app = await ProxyApp.StartAsync();
        using var response = await app.SendAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input, request =>
        {
            request.Headers.Add("Authorization", "Bearer of-the-app");
            request.Headers.Add("Cookie", "session=1");
            request.Headers.Add("Accept", "application/json");
            request.Headers.Add("X-Fal-Queue-Priority", "low");
            request.Headers.Add("X-Forwarded-For", "10.0.0.1");
            request.Headers.Add("Origin", "https://app.example");
        });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var headers = app.Fal.Received.One(FalOperation.Submit).Headers;
        Assert.Equal(app.KeyHeader, headers["Authorization"]);
        string[] expected =
        [
            "accept", "authorization", "content-length", "content-type", "host", "user-agent", "x-fal-client-proxy", "x-fal-queue-priority",
        ];
        Assert.Equal(expected, headers.Keys.Select(name => name.ToLowerInvariant()).Where(name => name != "traceparent").Order());
        Assert.Equal("low", headers["X-Fal-Queue-Priority"]);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var app = await ProxyApp.StartAsync();
        app.Fal.Faults.Add(FalOperation.Submit, FalFault.Redirect(new Uri(app.Fal.RunAddress, "/elsewhere"), status));
        Assert.Equal(HttpStatusCode.BadGateway, await app.StatusOfAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input));
        Assert.Single(app.Fal.Received.All);
    }

    [Fact]
    public async Task A_submit_whose_answer_is_lost_is_sent_once_and_its_outcome_is_unknown()
    {
        await using var app = await ProxyApp.StartAsync();
        app.Fal.Faults.Add(FalOperation.Submit, FalFault.Reset());
        using var client = app.CreateClient();
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(
            () => client.KlingVideo().V1_6.Pro.ImageToVideo.SubmitAsync(ProImageToVideoRequest.Example()));
        Assert.Equal(1, app.Fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_caller_that_goes_away_ends_the_call_to_fal()
    {
        await using var app = await ProxyApp.StartAsync();
        app.Fal.Script.For("**", new FalEmulatedRun { QueuePositions = [], Duration = Timeout.InfiniteTimeSpan });
        var ended = new TaskCompletionSource<FalReceivedRequest>();
        app.Fal.Received.Finished += request =>
        {
            if (request.Operation == FalOperation.Run) ended.TrySetResult(request);
        };
        using var stop = new CancellationTokenSource();
        using var client = app.CreateClient();
        var run = client.KlingVideo().V1_6.Pro.ImageToVideo.RunDirectAsync(ProImageToVideoRequest.Example(), cancellationToken: stop.Token);
        await app.Fal.Received.WaitForAsync(FalOperation.Run);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => run);
        Assert.Null((await ended.Task.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);
    }

    [Fact]
    public async Task Local_checks_answer_in_the_shape_of_fal()
    {
        await using var app = await ProxyApp.StartAsync(routes: routes => routes.MapFalProxy(ProxyApp.Path, options =>
        {
            options.AllowedEndpoints.Add("fal-ai/kling-video/**");
            options.Check(routes.Services.GetRequiredService<FalClient>().KlingVideo().V1_6.Pro.ImageToVideo);
        }).AllowAnonymous());
        using var client = app.CreateClient();
        var wrong = JsonDocument.Parse("""{"prompt": "x", "image_url": "https://a.example/b.png", "cfg_scale": 7}""");
        var ex = await Assert.ThrowsAsync<FalRequestRejectedException>(() => client.Endpoint(ProxyApp.Endpoint).RunAsync(wrong.RootElement));
        Assert.Equal("cfg_scale", Assert.Single(ex.Problems).Path);
        Assert.Equal(422, ex.StatusCode);
        Assert.Empty(app.Fal.Received.All);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await app.StatusOfAsync("POST", ProxyApp.SubmitUrl, "{"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusOfAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input));
        Assert.Equal(ProxyApp.Input, app.Fal.Received.One(FalOperation.Submit).BodyText);
    }

    [Theory]
    [InlineData("""{"duration":"\ud800"}""")]
    [InlineData("""{"duration":79228162514264337593543950335}""")]
    [InlineData("{")]
    public async Task EstimateCost_is_unknown_for_a_body_that_has_none(string body)
    {
        const string Priced = "https://queue.fal.run/fal-ai/kling-video/v2.6/pro/image-to-video";
        var prices = FalPriceList.Load(new MemoryStream("""
            {"asOf":"2026-12-01","currency":"USD","prices":[{"endpoint":"fal-ai/kling-video/v2.6/pro/image-to-video","source":"test",
            "confidence":"published","per":"second","seconds":["duration"],"rates":[{"price":10}]}]}
            """u8.ToArray()));
        string? estimate = null;
        await using var app = await ProxyApp.StartAsync(options => options.OnPaidCall = (request, _) =>
        {
            estimate = request.EstimateCost(prices).ToString();
            return new(new FalProxyRefusal(402, "No."));
        });
        Assert.Equal(HttpStatusCode.PaymentRequired, await app.StatusOfAsync("POST", Priced, body));
        Assert.StartsWith("unknown: ", estimate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnPaidCall_can_stop_a_caller_at_a_limit()
    {
        // 0.056 dollars a second by the price list.
        const string Priced = "https://queue.fal.run/fal-ai/kling-video/v2.1/standard/image-to-video";
        var spent = 0m;
        await using var app = await ProxyApp.StartAsync(options => options.OnPaidCall = (request, _) =>
        {
            Assert.Equal((Priced["https://queue.fal.run/".Length..], true), (request.EndpointId, request.IsQueued));
            spent += request.EstimateCost().Amount!.Value;
            return new(spent > 0.5m ? new FalProxyRefusal(402, "Your budget is used up.") : null);
        });
        Assert.Equal(HttpStatusCode.OK, await app.StatusOfAsync("POST", Priced, ProxyApp.Input));
        Assert.Equal(0.28m, spent);
        using var last = await app.SendAsync("POST", Priced, ProxyApp.Input);
        Assert.Equal((402, """{"detail":"Your budget is used up."}"""), ((int)last.StatusCode, await last.Content.ReadAsStringAsync()));
        var requestId = app.Fal.Received.One(FalOperation.Submit).RequestId;
        Assert.Equal(HttpStatusCode.OK, await app.StatusOfAsync("GET", $"https://queue.fal.run/fal-ai/kling-video/requests/{requestId}/status"));
    }
}
