using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>Delivers the webhooks of jobs that have ended, again and again until somebody takes them.</summary>
internal sealed class WebhookReporter : IDisposable
{
    private readonly EmulatorParts _parts;
    private readonly FalWebhookDeliveryOptions _options;

    // An answer that points elsewhere is final, and a proxy would be told what a test sends to itself.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public WebhookReporter(EmulatorParts parts, FalWebhookDeliveryOptions options)
    {
        _parts = parts;
        _options = options;
        Signer = options.Signer ?? new FalWebhookSigner(parts.Time);
    }

    public FalWebhookSigner Signer { get; }

    public FalWebhookLog Deliveries { get; } = new();

    /// <summary>Called once for each job that has a webhook, when it is over. Ends when the webhook is delivered or given up.</summary>
    public async Task ReportAsync(EmulatedJob job, JobMoment end, CancellationToken cancellationToken)
    {
        var delivery = new FalWebhookDelivery(job.RequestId, job.Webhook!, Body(job.RequestId, JobAnswer.Of(job, end.End, _parts.Results)));
        Deliveries.Add(delivery);
        if (!delivery.Url.IsLoopback && !_options.AllowOtherMachines)
        {
            delivery.Add(null, FalWebhookOutcome.Refused);
            return;
        }
        for (var number = 1; delivery.Outcome == FalWebhookOutcome.Pending; number++)
        {
            var answerTime = number == 1 ? _options.FirstAnswerTime : _options.LaterAnswerTime;
            var attempt = await SendAsync(delivery, answerTime, cancellationToken).ConfigureAwait(false);
            var outcome = attempt.StatusCode switch
            {
                >= 200 and < 300 => FalWebhookOutcome.Delivered,
                >= 300 and < 400 => FalWebhookOutcome.Refused,
                _ => number >= _options.MostAttempts ? FalWebhookOutcome.GivenUp : FalWebhookOutcome.Pending,
            };
            // The pause has begun by the time anybody hears of the attempt: who moves the clock then moves on to the next one.
            var pause = outcome == FalWebhookOutcome.Pending ? Task.Delay(_options.Pause, _parts.Time, cancellationToken) : Task.CompletedTask;
            delivery.Add(attempt, outcome);
            await pause.ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<FalWebhookAttempt> SendAsync(FalWebhookDelivery delivery, TimeSpan answerTime, CancellationToken cancellationToken)
    {
        var at = _parts.Time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ReadOnlyMemoryContent(delivery.Body) };
        request.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in Signer.Sign(delivery.Body.Span, delivery.RequestId, _options.UserId, at)) request.Headers.Add(name, value);
        using var late = new CancellationTokenSource(answerTime, _parts.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token).ConfigureAwait(false);
            return new(at, (int)response.StatusCode, null);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(at, null, FormattableString.Invariant($"no answer within {answerTime.TotalSeconds} seconds"));
        }
        catch (HttpRequestException fault)
        {
            return new(at, null, fault.Message);
        }
    }

    private static byte[] Body(string requestId, JobAnswer answer)
    {
        var isOk = answer.StatusCode is >= 200 and < 300;
        var body = new JsonObject { ["request_id"] = requestId, ["gateway_request_id"] = requestId, ["status"] = isOk ? "OK" : "ERROR" };
        if (!isOk) body["error"] = answer.Error ?? FormattableString.Invariant($"Invalid status code: {answer.StatusCode}");
        try
        {
            body["payload"] = JsonNode.Parse(answer.Body);
        }
        catch (JsonException)
        {
            body["payload"] = null;
            body["payload_error"] = "The response is not JSON. Fetch it under the request id.";
        }
        return PythonJson.Write(body);
    }
}
