using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Fal.Wire;

namespace Fal;

/// <summary>
/// The HTTP transport: all network access of the runtime goes through it. A call makes attempts with a time limit each, retried with
/// exponential backoff where <see cref="RetryPolicy"/> allows it.
/// </summary>
internal sealed partial class FalTransport : IDisposable
{
    /// <summary>
    /// How many status calls of a client are under way at a time: over HTTP/1.1 each has a connection of its own, and thousands of jobs that poll
    /// at the same moment would open thousands. Servers usually allow as many streams on one HTTP/2 connection.
    /// </summary>
    public const int MaxPolls = 100;

    private readonly FalClientOptions _options;
    private readonly FalKey? _key;
    private readonly FalKey? _adminKey;
    private readonly FalAddresses _addresses;
    private readonly HttpSender _sender;
    private readonly Backoff _backoff;
    private readonly string _userAgent;
    private readonly CancellationTokenSource _closingSource = new();
    private readonly SemaphoreSlim _pollSlots = new(MaxPolls, MaxPolls);

    public FalTransport(FalClientOptions options, FalKey? key, FalKey? adminKey)
    {
        _options = options;
        _key = key;
        _adminKey = adminKey;
        _addresses = new FalAddresses(options);
        _sender = new HttpSender(options);
        _backoff = new Backoff(options.Retry, Random.Shared.NextDouble);
        var own = $"KlingGen/{FalVersion.Text} (.NET {Environment.Version})";
        _userAgent = options.UserAgent is { Length: > 0 } program ? $"{program} {own}" : own;
    }

    public TimeProvider Time => _options.TimeProvider;

    /// <summary>The queue's base URL, with which URLs in fal's answers are compared.</summary>
    public Uri QueueAddress => _addresses.Queue;

    /// <summary>Cancelled when the client is disposed: then every wait of its calls ends, independent of the handler.</summary>
    public CancellationToken Closing => _closingSource.Token;

    /// <summary>The observer of jobs and calls; null for none.</summary>
    public FalObserver? Observer => _options.Observer;

    /// <summary>Removes the key from a string that a server wrote.</summary>
    public string Redact(string text)
    {
        text = _key?.Redactor.Clean(text) ?? text;
        return _adminKey?.Redactor.Clean(text) ?? text;
    }

    /// <summary>Returns the exception, or one with the same message without the key if it contains the key.</summary>
    public Exception Redact(Exception exception)
    {
        exception = _key?.Redactor.Clean(exception) ?? exception;
        return _adminKey?.Redactor.Clean(exception) ?? exception;
    }

    /// <summary>Returns JSON that a server wrote: unchanged, unless it contains the key.</summary>
    public FalRawJson Redact(FalRawJson json)
    {
        var text = json.ToString();
        var clean = Redact(text);
        return ReferenceEquals(clean, text) ? json : new FalRawJson(Encoding.UTF8.GetBytes(clean));
    }

    /// <summary>Whether calls go through a proxy that has the key.</summary>
    public bool UsesProxy => _options.ProxyAddress is not null;

    /// <summary>The byte strings that no answer may contain: the key in its common forms, the longest first.</summary>
    public byte[][] SecretForms => [.. _key?.Redactor.Forms ?? [], .. _adminKey?.Redactor.Forms ?? []];

    /// <summary>Creates the error for a call on a disposed client.</summary>
    public static ObjectDisposedException Disposed()
        => new("Fal.FalClient", "The FalClient was disposed. Keep it for as long as its jobs are waited for; a job goes on at fal.");

    /// <summary>Forwards a call of a client without a key once, with the key of this client; the caller reads the answer's body.</summary>
    public async Task<HttpResponseMessage> ForwardAsync(
        FalPublicUrl target, HttpMethod method, HttpContent? content, Action<HttpRequestHeaders> headers, CancellationToken ct)
    {
        if (_key is null)
            throw new InvalidOperationException("A client without a key of its own (FalClientOptions.ProxyAddress) cannot be a proxy's back end.");
        ct.ThrowIfCancellationRequested();
        if (Closing.IsCancellationRequested) throw Disposed();
        var call = new FalCall(FalCallKind.Forward, method, _addresses.Resolve(target.Service, target.PathAndQuery), target.Service, () => content)
        {
            Path = target.PathAndQuery,
            Headers = headers,
        };
        var attempt = await AttemptAsync(call, call.Url, 0, ct).ConfigureAwait(false);
        return attempt.Response ?? throw Unavailable(call, attempt, 1);
    }

    /// <summary>
    /// Waits for one of the <see cref="MaxPolls"/> slots, which the call that follows frees. The call is built afterwards, because most of many
    /// waiting jobs can be here: 7,000 of 10,000.
    /// </summary>
    public Task WaitForPollSlotAsync(CancellationToken ct) => _pollSlots.WaitAsync(ct);

    /// <summary>
    /// Sends to a configured fal host: adds the key and the user agent, retries as <paramref name="kind"/> permits, never
    /// follows a redirect. Without <paramref name="trace"/>, the spans belong to the current activity.
    /// </summary>
    public Task<HttpResponseMessage> SendToFalAsync(
        FalHost host,
        string pathAndQuery,
        HttpMethod method,
        Func<HttpContent?>? content,
        FalCallKind kind,
        Action<HttpRequestHeaders>? headers,
        ActivityContext trace,
        CancellationToken ct,
        bool hasPollSlot = false)
    {
        var call = new FalCall(kind, method, _addresses.Resolve(host, pathAndQuery), host, content)
        {
            BackupUrl = _addresses.ResolveBackup(host, pathAndQuery),
            Path = pathAndQuery,
            ProxyTarget = _addresses.ProxyTarget(host, pathAndQuery),
            Headers = headers,
            Trace = trace,
            HasPollSlot = hasPollSlot,
        };
        return SendAsync(call, ct);
    }

    /// <summary>Sends to the platform API, only with the key that the call needs.</summary>
    /// <exception cref="FalAuthenticationException">The call needs the admin key, and there is none; nothing was sent.</exception>
    public Task<HttpResponseMessage> SendToPlatformAsync(
        FalPlatformKey key, string pathAndQuery, HttpMethod method, Func<HttpContent?>? content, CancellationToken ct)
    {
        if (UsesProxy)
        {
            throw new FalAuthenticationException(
                "The platform API needs a key, and a client with FalClientOptions.ProxyAddress has none. Nothing was sent. Call it on the server.");
        }
        if (key == FalPlatformKey.Admin && _adminKey is null)
        {
            throw new FalAuthenticationException(
                "This call needs an admin key, and there is none. Nothing was sent. Set FalClientOptions.AdminKey or the environment variable "
                + "FAL_ADMIN_KEY to a key with the scope ADMIN from https://fal.ai/dashboard/keys; the ordinary key is not used for it.");
        }
        var call = new FalCall(FalCallKind.Read, method, _addresses.Resolve(FalHost.Platform, pathAndQuery), FalHost.Platform, content)
        {
            Path = pathAndQuery,
            Key = key,
        };
        return SendAsync(call, ct);
    }

    /// <summary>Sends to any other https host: never with the key, an X-Fal header or a cookie.</summary>
    public Task<HttpResponseMessage> SendElsewhereAsync(
        Uri url, HttpMethod method, Func<HttpContent?>? content, FalCallKind kind, Action<HttpRequestMessage>? shape, CancellationToken ct)
    {
        if (!_addresses.IsCallable(url))
        {
            throw new FalProtocolException(
                "A URL from fal or in a file is not a plain https URL. Nothing was sent to it. Check the URL, and those in FalClientOptions.");
        }
        return SendAsync(new FalCall(kind, method, url, null, content) { Shape = shape }, ct);
    }

    /// <summary>Waits on the client's clock, until the caller's token is cancelled or the client is disposed.</summary>
    public async Task DelayAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Closing);
        try
        {
            await Task.Delay(pause, Time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Disposed();
        }
    }

    public void Dispose()
    {
        // Cancelled and not disposed: calls that come later still register with its token.
        _closingSource.Cancel();
        _sender.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(FalCall call, CancellationToken ct)
    {
        for (var resend = 0; ; resend++)
        {
            CallAttempt attempt;
            try
            {
                ct.ThrowIfCancellationRequested();
                if (Closing.IsCancellationRequested) throw Disposed();
                attempt = await AttemptAsync(call, call.Url, resend, ct).ConfigureAwait(false);
                // If no connection was made, the backup host is tried once; if that fails too, the first failure is reported.
                if (resend == 0 && call.BackupUrl is { } backup && attempt.NeverConnected)
                {
                    var second = await AttemptAsync(call, backup, 1, ct).ConfigureAwait(false);
                    if (!second.NeverConnected) attempt = second;
                }
            }
            finally
            {
                if (call.HasPollSlot) _pollSlots.Release();
            }
            var decision = RetryPolicy.Decide(call, attempt);
            if (decision == RetryDecision.Return) return attempt.Response!;
            if (decision == RetryDecision.OutcomeUnknown) throw OutcomeUnknown(call, attempt);
            if (resend >= _options.Retry.MaxRetries)
            {
                return attempt.Response is { } last && !IsUnavailable(call, last) ? last : throw Unavailable(call, attempt, resend + 1);
            }
            var headers = attempt.Response?.Headers;
            var asked = headers is null ? null : RetryAfter.FromHeaders(headers, Time.GetUtcNow(), _options.Retry.MaxRetryAfter);
            attempt.Response?.Dispose();
            var pause = _backoff.Next(resend, asked);
            if (call.LastAttempt is { } sent)
            {
                Observer.Notify((sent, pause), static (observer, retry) => observer.OnCallRetried(retry.sent, retry.pause));
            }
            await DelayAsync(pause, ct).ConfigureAwait(false);
            // When the client is disposed, the calls under way end and free their slots, so the wait needs no token of the client.
            if (call.HasPollSlot) await WaitForPollSlotAsync(ct).ConfigureAwait(false);
        }
    }

    // Each call awaits one of these at a time: pooled state machines save a quarter of what a call allocates by itself.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CallAttempt> AttemptAsync(FalCall call, Uri url, int resend, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(call.Method, url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower
        };
        var isSentOnce = call.StartsWork || call.Kind == FalCallKind.Forward;
        var content = call.Content?.Invoke() is { } body ? new SingleUseContent(body, refusesSecondUse: isSentOnce) : null;
        request.Content = content;
        ApplyHeaders(request, call);
        if (OperatingSystem.IsBrowser()) BrowserFetch.Prepare(request, call.Kind);

        using var limit = new CancellationTokenSource(LimitOf(call), Time);
        using var byCaller = ct.UnsafeRegister(Cancel, limit);
        using var byClosing = Closing.UnsafeRegister(Cancel, limit);
        var partial = call.Kind == FalCallKind.Submit ? new ResponseBuffer.PartialBody() : null;
        var started = Time.GetTimestamp();
        var activity = FalTelemetry.Start(call, url, resend);
        HttpResponseMessage? response = null;
        string? error = null;
        try
        {
            response = await _sender.SendAsync(request, limit.Token).ConfigureAwait(false);
            RequireNotRedirected(response, url);
            await LoadAsync(call, response, partial, limit.Token).ConfigureAwait(false);
            return CallAttempt.Answered(response);
        }
        catch (Exception ex)
        {
            error = ex switch
            {
                FalException => "protocol",
                OperationCanceledException when !ct.IsCancellationRequested => "timeout",
                _ => ex.GetType().FullName,
            };
            using (response) return FailedAttempt(call, content, response, partial, ex, ct);
        }
        finally
        {
            var elapsed = Time.GetElapsedTime(started);
            var answer = error is null ? response : null;
            FalTelemetry.Stop(activity, call, url, resend, elapsed, answer, error);
            if (Observer is not null) Notify(call, url, resend, elapsed, answer, error);
        }

        static void Cancel(object? source) => ((CancellationTokenSource)source!).Cancel();
    }

    private void Notify(FalCall call, Uri url, int resend, TimeSpan elapsed, HttpResponseMessage? answer, string? error)
    {
        var (endpoint, request) = call.About;
        call.LastAttempt = new FalCallEvent(FalTelemetry.Word(call.Kind), url.Host, elapsed)
        {
            EndpointId = endpoint,
            RequestId = request,
            StatusCode = answer is null ? null : (int)answer.StatusCode,
            ErrorType = error,
            ResendCount = resend,
        };
        Observer.Notify(call.LastAttempt, static (observer, attempt) => observer.OnCallAnswered(attempt));
    }

    private Task LoadAsync(FalCall call, HttpResponseMessage response, ResponseBuffer.PartialBody? partial, CancellationToken cancellationToken)
    {
        if (!call.LoadsBody(response)) return Task.CompletedTask;
        var limit = response.IsSuccessStatusCode ? ResponseLimits.ForKind(call.Kind, (int)_options.MaxResultBytes) : ResponseLimits.Error;
        // The job behind a submit's answer is paid, so the beginning of an endless one is kept as well: it may hold the id.
        var truncates = !response.IsSuccessStatusCode || call.Kind == FalCallKind.Submit;
        return ResponseBuffer.LoadAsync(response, limit, truncates, partial, cancellationToken);
    }

    private void ApplyHeaders(HttpRequestMessage request, FalCall call)
    {
        var headers = request.Headers;
        call.Headers?.Invoke(headers);
        call.Shape?.Invoke(request);
        if (call.Headers is not null || call.Shape is not null) FalHeaders.RequireSendable(headers);
        if (call.Host is null)
        {
            RequireForeignSafe(request);
        }
        else
        {
            if (!headers.NonValidated.Contains("Accept")) headers.TryAddWithoutValidation("Accept", "application/json");
            if (call.ProxyTarget is { } target) headers.TryAddWithoutValidation("x-fal-target-url", target);
            // Last, so that nothing a caller adds can replace it.
            headers.Remove("Authorization");
            var key = call.Key switch
            {
                FalPlatformKey.Api => _key,
                FalPlatformKey.Admin => _adminKey,
                _ => null,
            };
            if (key is not null) headers.TryAddWithoutValidation("Authorization", key.Header);
        }
        // Browsers send their own User-Agent, and send a CORS preflight request for every header that a page adds.
        if (!OperatingSystem.IsBrowser()) headers.TryAddWithoutValidation("User-Agent", _userAgent);
    }

    private void RequireForeignSafe(HttpRequestMessage request)
    {
        foreach (var header in request.Headers.NonValidated)
        {
            var isSecret = header.Key is "Authorization" or "Cookie" || header.Key.StartsWith("X-Fal-", StringComparison.OrdinalIgnoreCase);
            if (isSecret || HoldsKey(header.Value.ToString()))
            {
                throw new InvalidOperationException($"Header '{header.Key}' is not for foreign hosts.");
            }
        }
        if (!HoldsKey(request.RequestUri!.OriginalString)) return;
        throw new FalProtocolException("A URL outside fal contains the API key. Nothing was sent to it. Remove the key from the URL.");
    }

    private bool HoldsKey(string text) => _key?.Redactor.Finds(text) == true || _adminKey?.Redactor.Finds(text) == true;

    private TimeSpan LimitOf(FalCall call) => call.Kind switch
    {
        FalCallKind.Forward when call.Host == FalHost.Run => _options.DirectRunTimeout,
        FalCallKind.RunDirect or FalCallKind.RunStream => _options.DirectRunTimeout,
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
        // Only a client from outside can have followed one: what that did is done, and this answer is not from the host that was asked.
        if (response.RequestMessage is { RequestUri: { } last } && last != sent)
        {
            throw new FalProtocolException("The HttpClient given to FalClient followed a redirect. Set AllowAutoRedirect of its handler to false.");
        }
    }
}
