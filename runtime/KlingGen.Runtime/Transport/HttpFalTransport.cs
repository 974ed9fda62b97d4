using System.Net;
using System.Net.Http.Headers;

namespace Fal;

/// <summary>Calls over HTTP: each is tried, judged, and where it may be, tried again after a pause.</summary>
internal sealed partial class HttpFalTransport : FalTransport, IDisposable
{
    private readonly FalClientOptions _options;
    private readonly FalKey _key;
    private readonly FalAddresses _addresses;
    private readonly HttpSender _sender;
    private readonly FalTelemetry _telemetry = new();
    private readonly Backoff _backoff;
    private readonly string _userAgent;

    public HttpFalTransport(FalClientOptions options, FalKey key, Func<double>? draw = null)
    {
        _options = options;
        _key = key;
        _addresses = new FalAddresses(options);
        _sender = new HttpSender(options);
        _backoff = new Backoff(options.Retry, draw ?? Random.Shared.NextDouble);
        var own = $"KlingGen/{FalVersion.Text} (.NET {Environment.Version})";
        _userAgent = options.UserAgent is { Length: > 0 } program ? $"{program} {own}" : own;
    }

    public override TimeProvider Time => _options.TimeProvider;

    public override Uri QueueAddress => _addresses.Queue;

    public override string Redact(string text) => _key.Redactor.Clean(text);

    public override Task<HttpResponseMessage> SendToFalAsync(
        FalHost host, string pathAndQuery, HttpMethod method, Func<HttpContent?>? content, FalCallKind kind, Action<HttpRequestHeaders>? headers, CancellationToken ct)
    {
        var call = new FalCall(kind, method, _addresses.Of(host, pathAndQuery), host, content)
        {
            BackupUrl = _addresses.BackupOf(host, pathAndQuery),
            Path = pathAndQuery,
            Headers = headers,
        };
        return SendAsync(call, ct);
    }

    public override Task<HttpResponseMessage> SendElsewhereAsync(
        Uri url, HttpMethod method, Func<HttpContent?>? content, FalCallKind kind, Action<HttpRequestMessage>? shape, CancellationToken ct)
    {
        if (!_addresses.IsCallable(url))
        {
            throw new FalProtocolException("An address that was to be called is not a plain https address. Nothing was sent there.");
        }
        return SendAsync(new FalCall(kind, method, url, null, content) { Shape = shape }, ct);
    }

    public void Dispose()
    {
        _sender.Dispose();
        _telemetry.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(FalCall call, CancellationToken ct)
    {
        for (var resend = 0; ; resend++)
        {
            ct.ThrowIfCancellationRequested();
            var attempt = await TryAsync(call, call.Url, resend, ct).ConfigureAwait(false);
            // Where no connection came to be, the backup host is asked once; if it cannot be reached either, the first failure is the one to report.
            if (resend == 0 && call.BackupUrl is { } backup && attempt.NeverConnected)
            {
                var second = await TryAsync(call, backup, 1, ct).ConfigureAwait(false);
                if (!second.NeverConnected) attempt = second;
            }
            var verdict = RepeatRules.Judge(call, attempt);
            if (verdict == Verdict.Return) return attempt.Response!;
            if (verdict == Verdict.Unknown) throw OutcomeUnknown(call, attempt);
            if (resend >= _options.Retry.MaxRetries)
            {
                return attempt.Response is { } last && !IsUnavailable(call, last) ? last : throw Unavailable(call, attempt, resend + 1);
            }
            var asked = attempt.Response is { } response ? RetryAfter.Of(response.Headers, Time.GetUtcNow(), _options.Retry.MaxRetryAfter) : null;
            attempt.Response?.Dispose();
            await Task.Delay(_backoff.Next(resend, asked), Time, ct).ConfigureAwait(false);
        }
    }

    private async Task<CallTry> TryAsync(FalCall call, Uri url, int resend, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(call.Method, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        var content = call.Content?.Invoke() is { } body ? new TrackedContent(body) : null;
        request.Content = content;
        Dress(request, call);

        using var limit = new CancellationTokenSource(LimitOf(call.Kind), Time);
        using var linked = ct.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        var started = Time.GetTimestamp();
        var activity = _telemetry.Start(call, url, resend);
        HttpResponseMessage? response = null;
        string? error = null;
        try
        {
            response = await _sender.SendAsync(request, limit.Token).ConfigureAwait(false);
            RequireNotRedirected(response, url);
            if (call.ReadsBody) await ResponseBuffer.LoadAsync(response, limit.Token).ConfigureAwait(false);
            return CallTry.Answered(response);
        }
        catch (Exception failure) when (failure is not FalException)
        {
            var arrived = response is not null || (content is null ? !IsConnectFailure(failure) : content.Started);
            var timedOut = failure is OperationCanceledException;
            error = timedOut && !ct.IsCancellationRequested ? "timeout" : failure.GetType().FullName;
            var (status, requestId) = response is null ? (null, null) : ((int?)response.StatusCode, CallTry.RequestIdOf(response.Headers));
            response?.Dispose();
            if (ct.IsCancellationRequested) throw call.StartsWork && arrived ? new StartCancelledException(requestId, ct) : new OperationCanceledException(ct);
            // Mistakes in the set-up do not pass by waiting; but a call that may have started work is unknown, whatever broke it.
            if (failure is InvalidOperationException or NotSupportedException or ArgumentException && !(call.StartsWork && arrived)) throw;
            return CallTry.Failed(failure, timedOut, arrived, status, requestId);
        }
        catch
        {
            error = "protocol";
            response?.Dispose();
            throw;
        }
        finally
        {
            _telemetry.Stop(activity, call, url, resend, Time.GetElapsedTime(started), error is null ? response : null, error);
        }
    }

    private void Dress(HttpRequestMessage request, FalCall call)
    {
        var headers = request.Headers;
        call.Headers?.Invoke(headers);
        call.Shape?.Invoke(request);
        if (call.Headers is not null || call.Shape is not null) FalHeaders.RequireSendable(headers);
        if (call.Host is null)
        {
            RequireNothingOfOurs(request);
        }
        else
        {
            if (!headers.NonValidated.Contains("Accept")) headers.TryAddWithoutValidation("Accept", "application/json");
            // Last, so that nothing a caller adds can replace it.
            headers.Remove("Authorization");
            headers.TryAddWithoutValidation("Authorization", _key.Header);
        }
        headers.TryAddWithoutValidation("User-Agent", _userAgent);
    }

    private void RequireNothingOfOurs(HttpRequestMessage request)
    {
        foreach (var header in request.Headers.NonValidated)
        {
            var ours = header.Key is "Authorization" or "Cookie" || header.Key.StartsWith("X-Fal-", StringComparison.OrdinalIgnoreCase);
            if (ours || _key.Redactor.Finds(header.Value.ToString()))
            {
                throw new InvalidOperationException($"Header '{header.Key}' is not for foreign hosts.");
            }
        }
        if (_key.Redactor.Finds(request.RequestUri!.OriginalString)) throw new FalProtocolException("A foreign address holds the key. Nothing was sent there.");
    }

    private TimeSpan LimitOf(FalCallKind kind) => kind switch
    {
        FalCallKind.RunDirect => _options.DirectRunTimeout,
        FalCallKind.UploadPart => _options.TransferTimeout,
        _ => _options.AttemptTimeout,
    };

    private static bool IsConnectFailure(Exception failure)
        => failure is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        };

    private static void RequireNotRedirected(HttpResponseMessage response, Uri sent)
    {
        // Only a client from outside can have followed one; what it did is done, but its answer is nobody's we asked.
        if (response.RequestMessage is { RequestUri: { } last } && last != sent)
        {
            throw new FalProtocolException("The HttpClient given to FalClient followed a redirect. Set AllowAutoRedirect of its handler to false.");
        }
    }
}
