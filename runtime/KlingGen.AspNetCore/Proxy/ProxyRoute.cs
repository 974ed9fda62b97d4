using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fal.AspNetCore;

/// <summary>The route of a proxy: authorizes calls, forwards them with the app's key, and streams the response back.</summary>
internal sealed class ProxyRoute
{
    private const string TargetHeader = "x-fal-target-url";
    private const string Prefix = "x-fal-";
    private const int MostHeaders = 32;
    private const int LongestHeader = 4096;

    private readonly FalProxyOptions _options;
    private readonly FalForwarder _forwarder;
    private readonly bool _isDevelopment;
    private readonly ILogger _logger;

    public ProxyRoute(IServiceProvider services, FalProxyOptions options)
    {
        _options = options;
        _forwarder = new FalForwarder(services.GetRequiredService<FalClient>());
        _isDevelopment = services.GetRequiredService<IHostEnvironment>().IsDevelopment();
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(Log.ProxyCategory);
    }

    /// <summary>Handles one call.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (Refusal(context, out var target, out var call) is { } refusal)
        {
            await RefuseAsync(context, refusal).ConfigureAwait(false);
            return;
        }
        try
        {
            using var content = call.HasBody ? new ProxyBody(context, _options.MaxRequestBytes) : null;
            if (content is not null && call.StartsWork && (_options.OnPaidCall is not null || _options.HasCheck(call.Id)))
            {
                if (!await content.LoadAsync(context.RequestAborted).ConfigureAwait(false)) throw ProxyBody.TooLong();
                if (await IsStoppedAsync(context, call, content.Loaded).ConfigureAwait(false)) return;
            }
            await ForwardAsync(context, target, content).ConfigureAwait(false);
        }
        catch (BadHttpRequestException ex)
        {
            await RefuseAsync(context, new(ex.StatusCode, ex.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller disconnected, which has also cancelled the call to fal.
        }
    }

    private FalProxyRefusal? Refusal(HttpContext context, out FalPublicUrl target, out ProxyCall call)
    {
        (target, call) = (null!, null!);
        if (!IsAuthorizationDecided(context))
        {
            return new(403, "This proxy has no authorization. Call RequireAuthorization or AllowAnonymous on the result of MapFalProxy.");
        }
        var headers = context.Request.Headers;
        if (headers[TargetHeader] is not [{ } text]) return new(400, "The header x-fal-target-url must be there once.");
        if (!FalPublicUrl.TryParse(text, out var url))
            return new(400, "The header x-fal-target-url is not a plain URL on queue.fal.run, fal.run or rest.fal.ai.");
        if (ProxyCall.Recognize(context.Request.Method, url, _options.AllowWebhooks) is not { } known)
            return new(400, "The method and the path of x-fal-target-url are no call that this proxy passes on.");
        (target, call) = (url, known);
        if (headers.ContentEncoding.Count > 0) return new(415, "Compressed bodies are not passed on.");
        var mayPass = call.Kind switch
        {
            ProxyCallKind.Upload => _options.AllowUploads,
            ProxyCallKind.DirectRun => _options.AllowDirectRuns && IsAllowed(_options.IsAllowed(call.Id)),
            ProxyCallKind.Submit => IsAllowed(_options.IsAllowed(call.Id)),
            _ => IsAllowed(_options.IsAppAllowed(call.Id)),
        };
        return mayPass ? null : new(403,
            "This proxy does not allow this endpoint. See FalProxyOptions.AllowedEndpoints, AllowDirectRuns and AllowUploads.");
    }

    private bool IsAllowed(bool isListed) => isListed || (_isDevelopment && _options.AllowedEndpoints.Count == 0);

    // Whether the app has decided about authorization. The middleware has enforced it already: routing refuses to run an
    // endpoint with such metadata without the middleware.
    private bool IsAuthorizationDecided(HttpContext context)
        => _isDevelopment || (context.GetEndpoint()?.Metadata is { } metadata
            && (metadata.GetMetadata<IAuthorizeData>() is not null
                || metadata.GetMetadata<AuthorizationPolicy>() is not null
                || metadata.GetMetadata<IAllowAnonymous>() is not null));

    private async Task<bool> IsStoppedAsync(HttpContext context, ProxyCall call, ReadOnlyMemory<byte> body)
    {
        if (_options.Check(call.Id, body) is { Count: > 0 } problems)
        {
            Log.ProxyRefused(_logger, 422, context.Request.Method, "The local checks found problems.");
            await ProxyErrors.WriteAsync(context, problems).ConfigureAwait(false);
            return true;
        }
        if (_options.OnPaidCall is not { } decide) return false;
        var request = new FalProxyRequest(context, call.Id, call.Kind == ProxyCallKind.Submit, body);
        if (await decide(request, context.RequestAborted).ConfigureAwait(false) is not { } refusal) return false;
        await RefuseAsync(context, refusal).ConfigureAwait(false);
        return true;
    }

    private async Task ForwardAsync(HttpContext context, FalPublicUrl target, ProxyBody? body)
    {
        FalForwardedResponse response;
        try
        {
            var method = new HttpMethod(context.Request.Method);
            var headers = Headers(context.Request);
            response = await _forwarder.SendAsync(target, method, body?.Content, headers, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception ex) when (body?.Failure() is { } failure && !context.RequestAborted.IsCancellationRequested)
        {
            Log.ProxyBodyBroken(_logger, ex);
            throw failure;
        }
        catch (ArgumentException ex)
        {
            await RefuseAsync(context, new(400, ex.Message)).ConfigureAwait(false);
            return;
        }
        catch (FalException ex)
        {
            Log.ProxyFailed(_logger, ex);
            await ProxyErrors.WriteAsync(context, StatusCodes.Status502BadGateway, "fal could not be reached, or its answer could not be passed on.")
                .ConfigureAwait(false);
            return;
        }
        using (response) await AnswerAsync(context, response).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, FalForwardedResponse from)
    {
        var to = context.Response;
        to.StatusCode = from.StatusCode;
        foreach (var (name, value) in from.Headers) to.Headers[name] = value;
        to.Headers.CacheControl = "no-store";
        if (from.ContentType is { } type) to.ContentType = type;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            var body = await from.OpenBodyAsync(context.RequestAborted).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                // Each buffer is flushed before the next is read, so a slow reader slows down reading from fal, and no
                // buffer is delayed.
                var buffer = new byte[16 * 1024];
                while (await body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false) is > 0 and var count)
                {
                    await to.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted).ConfigureAwait(false);
                    await to.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                }
            }
        }
        catch (Exception ex) when (ex is IOException or HttpRequestException)
        {
            // The status has been sent, so only a broken connection shows the caller that the response is incomplete.
            Log.ProxyFailed(_logger, ex);
            context.Abort();
        }
    }

    private static List<KeyValuePair<string, string>> Headers(HttpRequest request)
    {
        var headers = new List<KeyValuePair<string, string>> { new("x-fal-client-proxy", "KlingGen.AspNetCore") };
        foreach (var (name, values) in request.Headers)
        {
            var isPassed = name.Equals("Accept", StringComparison.OrdinalIgnoreCase)
                || (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !name.Equals(TargetHeader, StringComparison.OrdinalIgnoreCase)
                    && !name.Equals("x-fal-client-proxy", StringComparison.OrdinalIgnoreCase));
            if (!isPassed) continue;
            if (values is not [{ } value] || value.Length > LongestHeader || headers.Count >= MostHeaders)
                throw new BadHttpRequestException("The headers that travel to fal must be there once, and be few and short.");
            headers.Add(new(name, value));
        }
        return headers;
    }

    private Task RefuseAsync(HttpContext context, FalProxyRefusal refusal)
    {
        Log.ProxyRefused(_logger, refusal.StatusCode, context.Request.Method, refusal.Message);
        return context.Response.HasStarted ? Task.CompletedTask : ProxyErrors.WriteAsync(context, refusal.StatusCode, refusal.Message);
    }
}
