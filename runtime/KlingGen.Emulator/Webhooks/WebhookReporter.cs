using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>
/// Delivers the webhooks of completed jobs, and retries until the receiver answers with 2xx or the maximum number of
/// attempts is reached.
/// </summary>
internal sealed class WebhookReporter : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ResultMaker _results;
    private readonly FalWebhookDeliveryOptions _options;

    // A redirect is final, and a proxy must not receive webhooks that a test sends to itself.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public WebhookReporter(TimeProvider time, ResultMaker results, FalWebhookDeliveryOptions options, int mostKept)
    {
        _time = time;
        _results = results;
        _options = options;
        Deliveries = new FalWebhookLog(mostKept);
        Signer = options.Signer ?? new FalWebhookSigner(time);
    }

    public FalWebhookSigner Signer { get; }

    public FalWebhookLog Deliveries { get; }

    /// <summary>Delivers the webhook of a job that is over. Completes when the webhook is delivered, refused or given up.</summary>
    public async Task ReportAsync(EmulatedJob job, JobMoment end, CancellationToken cancellationToken)
    {
        var delivery = new FalWebhookDelivery(job.RequestId, job.Webhook!, Body(job.RequestId, JobAnswer.ForJob(job, end.End, _results)));
        Deliveries.Add(delivery);
        if (!IsOnThisMachine(delivery.Url) && !_options.AllowOtherMachines)
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
            // The delay starts before the attempt is published, so that a test that then advances the clock reaches the next attempt.
            var pause = outcome == FalWebhookOutcome.Pending ? Task.Delay(_options.Pause, _time, cancellationToken) : Task.CompletedTask;
            delivery.Add(attempt, outcome);
            await pause.ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Whether a URL is of the loopback address. RFC 6761 reserves the names below <c>localhost</c> for it.</summary>
    internal static bool IsOnThisMachine(Uri url) => url.IsLoopback || url.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private async Task<FalWebhookAttempt> SendAsync(FalWebhookDelivery delivery, TimeSpan answerTime, CancellationToken cancellationToken)
    {
        var at = _time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ReadOnlyMemoryContent(delivery.Body) };
        request.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in Signer.Sign(delivery.Body.Span, delivery.RequestId, _options.UserId, at)) request.Headers.Add(name, value);
        using var late = new CancellationTokenSource(answerTime, _time);
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
        catch (HttpRequestException ex)
        {
            return new(at, null, ex.Message);
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
