using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace KlingGen.Benchmarks;

/// <summary>
/// What a careful team writes by hand for one endpoint: typed JSON from the serializer's source generator, a timeout for each attempt, retries with
/// <c>Retry-After</c> for calls that may be sent again, and polls whose pauses grow as KlingGen's do.
/// </summary>
internal sealed class BaselineClient(HttpClient http, Uri queue, string key)
{
    private const int MaxRetries = 4;
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(1);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Submits a job. It is never sent again, because a second job would be paid as well.</summary>
    public async Task<QueuedJob> SubmitAsync(string endpoint, VideoRequest request, CancellationToken ct = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, BaselineJson.Default.VideoRequest);
        return await SendAsync(HttpMethod.Post, new Uri(queue, endpoint), body, BaselineJson.Default.QueuedJob, ct).ConfigureAwait(false);
    }

    /// <summary>Asks for the status once.</summary>
    public Task<QueueStatus> GetStatusAsync(QueuedJob job, CancellationToken ct = default)
        => SendAsync(HttpMethod.Get, job.StatusUrl, null, BaselineJson.Default.QueueStatus, ct);

    /// <summary>Waits for the end of the job.</summary>
    public async Task WaitAsync(QueuedJob job, CancellationToken ct = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = await GetStatusAsync(job, ct).ConfigureAwait(false);
            if (status.Error is not null) throw new InvalidOperationException(status.Error);
            if (status.Status == "COMPLETED") return;
            var waited = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            var pause = Math.Clamp(0.5 * Math.Sqrt(waited), 0.4, 15) * (0.9 + (0.2 * Random.Shared.NextDouble()));
            await Task.Delay(TimeSpan.FromSeconds(pause), ct).ConfigureAwait(false);
        }
    }

    /// <summary>Fetches the result of a job that is over.</summary>
    public Task<VideoResult> GetResultAsync(QueuedJob job, CancellationToken ct = default)
        => SendAsync(HttpMethod.Get, job.ResponseUrl, null, BaselineJson.Default.VideoResult, ct);

    private async Task<T> SendAsync<T>(HttpMethod method, Uri url, byte[]? body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        for (var retry = 0; ; retry++)
        {
            using var request = new HttpRequestMessage(method, url) { Version = HttpVersion.Version20 };
            request.Headers.TryAddWithoutValidation("Authorization", key);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
            var mayRetry = method == HttpMethod.Get && retry < MaxRetries;
            TimeSpan? asked = null;
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(ct))
            {
                limit.CancelAfter(AttemptTimeout);
                try
                {
                    using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
                    if (response.IsSuccessStatusCode)
                    {
                        using var stream = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
                        return await JsonSerializer.DeserializeAsync(stream, type, limit.Token).ConfigureAwait(false)
                            ?? throw new JsonException("The answer is null.");
                    }
                    if (!mayRetry || (response.StatusCode != HttpStatusCode.TooManyRequests && (int)response.StatusCode < 500))
                    {
                        var text = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
                        throw new HttpRequestException($"{url.Host} answered {(int)response.StatusCode}: {text}", null, response.StatusCode);
                    }
                    asked = response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - DateTimeOffset.UtcNow) : null;
                }
                catch (Exception ex) when (mayRetry && !ct.IsCancellationRequested
                    && ex is OperationCanceledException or IOException or HttpRequestException { StatusCode: null })
                {
                    // A timeout or a broken connection: the call is sent again.
                }
            }
            var pause = TimeSpan.FromSeconds(Math.Min(20, 0.5 * Math.Pow(2, retry)));
            if (asked > pause) pause = asked < MaxRetryAfter ? asked.Value : MaxRetryAfter;
            await Task.Delay(pause, ct).ConfigureAwait(false);
        }
    }
}

internal sealed record VideoRequest(string Prompt, string ImageUrl, string? Duration, string? NegativePrompt, double? CfgScale);

internal sealed record VideoResult(VideoFile Video);

internal sealed record VideoFile(string Url, string? ContentType, string? FileName, long? FileSize);

internal sealed record QueuedJob(string RequestId, Uri StatusUrl, Uri ResponseUrl, Uri CancelUrl);

internal sealed record QueueStatus(string Status, int? QueuePosition, string? Error);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VideoRequest))]
[JsonSerializable(typeof(VideoResult))]
[JsonSerializable(typeof(QueuedJob))]
[JsonSerializable(typeof(QueueStatus))]
internal sealed partial class BaselineJson : JsonSerializerContext;
