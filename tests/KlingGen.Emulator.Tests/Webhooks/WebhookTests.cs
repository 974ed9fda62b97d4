using System.Text;
using System.Text.Json;

namespace Fal.Emulation.Tests.Webhooks;

/// <summary>
/// Webhooks are signed, delivered again until a receiver accepts them, and refused by our verifier once anything about them
/// has changed.
/// </summary>
public sealed class WebhookTests
{
    private static readonly FalEmulatedRun Quick = FalEmulatedRun.Instant;

    private static async Task<string> SubmitAsync(EmulatorFixture fixture, Uri webhook, string body = EmulatorFixture.Body)
    {
        var path = $"{EmulatorFixture.Endpoint}?fal_webhook={Uri.EscapeDataString(webhook.AbsoluteUri)}";
        return (await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, path, body)).Json.GetProperty("request_id").GetString()!;
    }

    private static async Task<(EmulatorFixture Fixture, FalWebhookVerifier Verifier)> StartAsync(
        FalEmulatedRun? run = null,
        FalWebhookDeliveryOptions? webhooks = null)
    {
        var fixture = await EmulatorFixture.StartAsync(options => options.Webhooks = webhooks ?? new());
        fixture.Fal.Script.For("**", run ?? Quick);
        return (fixture, new FalWebhookVerifier(fixture.Client, new() { TimeProvider = fixture.Time }));
    }

    [Theory]
    [InlineData("http://localhost:5000/hook", true)]
    [InlineData("http://127.0.0.1/hook", true)]
    [InlineData("http://[::1]/hook", true)]
    [InlineData("http://orders.dev.localhost:5000/hook", true)]
    [InlineData("http://notlocalhost/hook", false)]
    [InlineData("http://localhost.example.com/hook", false)]
    [InlineData("http://10.0.0.1/hook", false)]
    public void Webhooks_go_to_names_of_this_machine(string url, bool isOnThisMachine)
        => Assert.Equal(isOnThisMachine, WebhookReporter.IsOnThisMachine(new Uri(url)));

    [Fact]
    public async Task Old_deliveries_are_removed()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.MostKept = 2);
        fixture.Fal.Script.For("**", Quick);
        var id = "";
        for (var i = 0; i < 3; i++)
        {
            id = await SubmitAsync(fixture, new Uri("https://example.com/hook"));
            await fixture.Fal.Webhooks.WaitForAsync(id);
        }
        Assert.Equal((2, id), (fixture.Fal.Webhooks.All.Count, fixture.Fal.Webhooks.All[^1].RequestId));
    }

    [Fact]
    public async Task The_end_of_a_job_is_reported_and_our_verifier_accepts_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync(200);
        var (fixture, verifier) = await StartAsync();
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, receiver.Url);
        var delivery = await fixture.Fal.Webhooks.WaitForAsync(id);
        var (headers, body) = Assert.Single(receiver.Received);

        Assert.Equal((FalWebhookOutcome.Delivered, 200), (delivery.Outcome, Assert.Single(delivery.Attempts).StatusCode));
        Assert.Equal(delivery.Body.ToArray(), body);
        Assert.DoesNotContain("Authorization", headers.Keys);
        var verification = await verifier.VerifyAsync(body, headers);
        Assert.True(verification.IsValid, verification.Message);
        var webhook = verification.Read();
        Assert.Equal((id, id, true), (webhook.RequestId, webhook.GatewayRequestId, webhook.IsOk));
        Assert.Equal(
            (await fixture.JobAsync(id)).Json.GetProperty("video").GetProperty("url").GetString(),
            webhook.Payload.GetProperty("video").GetProperty("url").GetString());
        Assert.Equal(1, fixture.Fal.Received.CountOf(FalOperation.WebhookKeys));
    }

    [Fact]
    public async Task Whatever_was_changed_on_the_way_is_refused()
    {
        await using var receiver = await WebhookReceiver.StartAsync(200);
        var (fixture, verifier) = await StartAsync();
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, receiver.Url);
        await fixture.Fal.Webhooks.WaitForAsync(id);
        var (headers, body) = Assert.Single(receiver.Received);

        var tampered = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("\"OK\"", "\"KO\"", StringComparison.Ordinal));
        Assert.Equal(FalWebhookVerdict.WrongSignature, (await verifier.VerifyAsync(tampered, headers)).Verdict);
        var rewritten = JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize<JsonElement>(body));
        Assert.Equal(FalWebhookVerdict.WrongSignature, (await verifier.VerifyAsync(rewritten, headers)).Verdict);
        var otherJob = new Dictionary<string, string>(headers) { ["X-Fal-Webhook-Request-Id"] = "another" };
        Assert.Equal(FalWebhookVerdict.WrongSignature, (await verifier.VerifyAsync(body, otherJob)).Verdict);
        fixture.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(FalWebhookVerdict.TooOld, (await verifier.VerifyAsync(body, headers)).Verdict);
    }

    [Fact]
    public async Task A_body_is_written_as_python_writes_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync(200);
        var (fixture, verifier) = await StartAsync(
            Quick with { Result = """{"seed":17454220438242315174,"text":"Schnee ❄ \"weiß\"\n","list":[1.50,true,null,{}]}""" });
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, receiver.Url);
        var delivery = await fixture.Fal.Webhooks.WaitForAsync(id);
        Assert.Equal(
            $$$"""{"request_id": "{{{id}}}", "gateway_request_id": "{{{id}}}", "status": "OK", "payload": {"seed": 17454220438242315174, "text": "Schnee \u2744 \"wei\u00df\"\n", "list": [1.50, true, null, {}]}}""",
            delivery.BodyText);
    }

    [Fact]
    public async Task A_refused_request_is_reported_with_its_problems()
    {
        await using var receiver = await WebhookReceiver.StartAsync(200);
        var (fixture, verifier) = await StartAsync();
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, receiver.Url, """{"prompt":"x"}""");
        await fixture.Fal.Webhooks.WaitForAsync(id);
        var (headers, body) = Assert.Single(receiver.Received);
        var webhook = (await verifier.VerifyAsync(body, headers)).Read();
        Assert.Equal(("ERROR", "Invalid status code: 422"), (webhook.Status, webhook.Error));
        Assert.Equal("image_url", Assert.Single(webhook.Problems).Path);
    }

    [Fact]
    public async Task A_cancelled_job_is_reported_as_cancelled()
    {
        await using var receiver = await WebhookReceiver.StartAsync(200);
        var (fixture, verifier) = await StartAsync(new() { PositionTime = Timeout.InfiniteTimeSpan });
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, receiver.Url);
        Assert.Empty(fixture.Fal.Webhooks.All);
        await fixture.SendAsync(HttpMethod.Put, fixture.Fal.QueueAddress, $"fal-ai/kling-video/requests/{id}/cancel");
        await fixture.Fal.Webhooks.WaitForAsync(id);
        var (headers, body) = Assert.Single(receiver.Received);
        var webhook = (await verifier.VerifyAsync(body, headers)).Read();
        Assert.Throws<FalJobCancelledException>(() => webhook.ReadPayload<FalRawResult>());
    }

    [Fact]
    public async Task A_result_that_is_no_json_is_missing_and_the_webhook_says_so()
    {
        await using var receiver = await WebhookReceiver.StartAsync(200);
        var (fixture, verifier) = await StartAsync(Quick with { Result = "<html>" });
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, receiver.Url);
        var webhook = FalWebhook.Read((await fixture.Fal.Webhooks.WaitForAsync(id)).Body);
        Assert.True(webhook.IsOk);
        Assert.Equal(JsonValueKind.Null, webhook.Payload.ValueKind);
        Assert.NotNull(webhook.PayloadError);
    }

    [Fact]
    public async Task Undelivered_webhook_is_repeated_with_a_new_signature()
    {
        await using var receiver = await WebhookReceiver.StartAsync(500, 404, 204);
        var (fixture, verifier) = await StartAsync();
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, receiver.Url);
        var delivery = await fixture.Fal.Webhooks.WaitForBeginAsync(id);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await delivery.WaitForAttemptsAsync(attempt);
            Assert.Equal((attempt, FalWebhookOutcome.Pending), (receiver.Received.Count, delivery.Outcome));
            fixture.Time.Advance(TimeSpan.FromMinutes(2));
        }
        await fixture.Fal.Webhooks.WaitForAsync(id);

        Assert.Equal([500, 404, 204], delivery.Attempts.Select(attempt => attempt.StatusCode ?? 0));
        Assert.Equal(TimeSpan.FromMinutes(4), delivery.Attempts[2].At - delivery.Attempts[0].At);
        Assert.Equal(3, receiver.Received.Select(received => received.Headers["X-Fal-Webhook-Signature"]).Distinct().Count());
        var (headers, body) = receiver.Received.Last();
        Assert.True((await verifier.VerifyAsync(body, headers)).IsValid);
    }

    [Fact]
    public async Task A_receiver_that_is_silent_has_fifteen_seconds_and_then_two_minutes()
    {
        await using var receiver = await WebhookReceiver.StartAsync(null, null, 200);
        var (fixture, verifier) = await StartAsync();
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, receiver.Url);
        var delivery = await fixture.Fal.Webhooks.WaitForBeginAsync(id);
        await receiver.ArrivalAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(15));
        await delivery.WaitForAttemptsAsync(1);
        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        await receiver.ArrivalAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        await delivery.WaitForAttemptsAsync(2);
        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        await fixture.Fal.Webhooks.WaitForAsync(id);
        Assert.Equal(["no answer within 15 seconds", "no answer within 120 seconds", null], delivery.Attempts.Select(attempt => attempt.Problem));
    }

    [Fact]
    public async Task After_the_last_attempt_a_webhook_is_given_up()
    {
        var (fixture, verifier) = await StartAsync(webhooks: new() { MostAttempts = 2, Pause = TimeSpan.FromSeconds(1) });
        await using var _ = fixture;
        using var __ = verifier;
        // A port that is closed again.
        Uri gone;
        await using (var receiver = await WebhookReceiver.StartAsync(200)) gone = receiver.Url;
        var id = await SubmitAsync(fixture, gone);
        var delivery = await fixture.Fal.Webhooks.WaitForBeginAsync(id);
        await delivery.WaitForAttemptsAsync(1);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await fixture.Fal.Webhooks.WaitForAsync(id);
        Assert.Equal((FalWebhookOutcome.GivenUp, 2), (delivery.Outcome, delivery.Attempts.Count));
        Assert.All(delivery.Attempts, attempt => Assert.NotNull(attempt.Problem));
    }

    [Fact]
    public async Task A_redirect_is_final_and_is_not_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(307, 200);
        var (fixture, verifier) = await StartAsync();
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, receiver.Url);
        var delivery = await fixture.Fal.Webhooks.WaitForAsync(id);
        Assert.Equal((FalWebhookOutcome.Refused, 307, 1), (delivery.Outcome, Assert.Single(delivery.Attempts).StatusCode, receiver.Received.Count));
    }

    [Fact]
    public async Task A_webhook_does_not_leave_this_machine_unless_it_may()
    {
        var (fixture, verifier) = await StartAsync();
        await using var _ = fixture;
        using var __ = verifier;
        var id = await SubmitAsync(fixture, new Uri("https://example.com/hook"));
        var delivery = await fixture.Fal.Webhooks.WaitForAsync(id);
        Assert.Equal(FalWebhookOutcome.Refused, delivery.Outcome);
        Assert.Empty(delivery.Attempts);
    }
}
