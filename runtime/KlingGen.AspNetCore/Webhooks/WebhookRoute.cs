using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fal.AspNetCore;

/// <summary>Calls the handler of a route.</summary>
internal delegate Task WebhookHandler(FalWebhook webhook, FalInboxWebhook delivery, IServiceProvider services, CancellationToken cancellationToken);

/// <summary>
/// One webhook route: verifies and deduplicates a delivery, calls the handler or stores it in the inbox, and answers fal.
/// </summary>
internal sealed class WebhookRoute
{
    private static readonly ActivitySource Activities = new("KlingGen.AspNetCore");

    private readonly IServiceProvider _services;
    private readonly WebhookHandler _handler;
    private readonly FalWebhooks _webhooks;
    private readonly FalWebhookVerifier _verifier;
    private readonly IFalWebhookStore _store;
    private readonly IFalWebhookInbox? _inbox;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public WebhookRoute(IServiceProvider services, FalWebhookRouteOptions options, WebhookHandler handler)
    {
        _services = services;
        _handler = handler;
        Options = options;
        _webhooks = services.GetService<FalWebhooks>()
            ?? throw new InvalidOperationException("MapFalWebhook needs the services of AddFalWebhooks: call builder.Services.AddFalWebhooks().");
        _verifier = services.GetRequiredService<FalWebhookVerifier>();
        _store = services.GetRequiredService<IFalWebhookStore>();
        _time = Clock.From(services);
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(Log.WebhookCategory);
        if (!options.Background) return;
        _inbox = services.GetService<IFalWebhookInbox>() ?? throw new InvalidOperationException(
            "FalWebhookRouteOptions.Background needs an IFalWebhookInbox that survives a crash: register one in the services. "
            + "Without one, handle webhooks inside the request.");
    }

    public FalWebhookRouteOptions Options { get; }

    /// <summary>Handles one delivery.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var route = NameOf(context.GetEndpoint());
        // The cheapest check runs first: it needs neither the body nor fal's keys.
        var query = _webhooks.Query.Verify(route, context.Request.Query);
        if (query is null || (Options.RequireSignedQuery && !query.IsSigned))
        {
            Refuse(context, "wrong_query", route, query is null
                ? "The query of the URL is not signed by this app for this route. Make webhook URLs with FalWebhooks.UrlFor, "
                    + "give the route the name that UrlFor gets, and give every node the same Fal:WebhookSecret or the same key."
                : "The URL has no signed query, without which this route does not know the endpoint. Make webhook URLs with FalWebhooks.UrlFor.");
            return;
        }
        using var limit = new CancellationTokenSource(Options.HandlerTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        try
        {
            if (await ReadAsync(context, route, query, either.Token).ConfigureAwait(false) is not var (webhook, delivery)) return;
            var status = _inbox is null
                ? await HandleNowAsync(webhook, delivery, limit.Token).ConfigureAwait(false)
                : await StoreAsync(_inbox, delivery, either.Token).ConfigureAwait(false);
            context.Response.StatusCode = status;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (context.RequestAborted.IsCancellationRequested) return;
            Reject(context, StatusCodes.Status408RequestTimeout, route, "The delivery did not arrive in time.");
        }
    }

    /// <summary>Calls the handler in its own service scope, within an activity that links to the activity of the submit.</summary>
    public async Task RunAsync(FalWebhook webhook, FalInboxWebhook delivery, CancellationToken cancellationToken)
    {
        ActivityLink[] links = ActivityContext.TryParse(delivery.TraceParent, null, isRemote: true, out var submit) ? [new(submit)] : [];
        Activity? activity = null;
        Tell(() => activity = Activities.StartActivity(ActivityKind.Consumer, parentContext: default, links: links, name: "fal.webhook"));
        activity?.SetTag("fal.request_id", delivery.RequestId);
        activity?.SetTag("fal.endpoint_id", delivery.EndpointId);
        try
        {
            var scope = _services.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await _handler(webhook, delivery, scope.ServiceProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Tell(() => activity?.Dispose());
        }
    }

    /// <summary>Gets the name that <c>WithName</c> gave to a route.</summary>
    public static string? NameOf(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;

    /// <summary>Calls telemetry listeners of the program, and ignores their exceptions: none may stop or repeat the handler of a webhook.</summary>
    private static void Tell(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            // The program's own telemetry is incomplete; its webhook is handled.
        }
    }

    private async Task<(FalWebhook Webhook, FalInboxWebhook Delivery)?> ReadAsync(
        HttpContext context, string? route, WebhookQueryValues query, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? body;
        try
        {
            body = await RequestBody.ReadAsync(context, Options.MaxBodyBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (BadHttpRequestException ex)
        {
            Reject(context, ex.StatusCode, route, ex.Message);
            return null;
        }
        if (body is not { } bytes)
        {
            Reject(context, StatusCodes.Status413PayloadTooLarge, route, "The body is longer than FalWebhookRouteOptions.MaxBodyBytes.");
            return null;
        }
        var verification = await _verifier.VerifyAsync(bytes, name => context.Request.Headers[name], cancellationToken).ConfigureAwait(false);
        if (verification.Verdict == FalWebhookVerdict.KeysUnavailable)
        {
            Reject(context, StatusCodes.Status503ServiceUnavailable, route, verification.Message);
            return null;
        }
        if (!verification.IsValid)
        {
            Refuse(context, verification.Verdict.Word, route, verification.Message);
            return null;
        }
        try
        {
            var delivery = new FalInboxWebhook
            {
                RequestId = verification.RequestId,
                Route = route ?? "",
                Body = bytes,
                UserId = verification.UserId,
                SentAt = verification.SentAt.Value,
                EndpointId = query.EndpointId,
                LedgerId = query.LedgerId,
                TraceParent = query.TraceParent,
            };
            return (verification.Read(), delivery);
        }
        catch (FalProtocolException ex)
        {
            Reject(context, StatusCodes.Status400BadRequest, route, ex.Message);
            return null;
        }
    }

    private async Task<int> StoreAsync(IFalWebhookInbox inbox, FalInboxWebhook delivery, CancellationToken cancellationToken)
    {
        if (delivery.Route.Length == 0)
        {
            throw new InvalidOperationException("A webhook route with FalWebhookRouteOptions.Background needs a name: call WithName on it.");
        }
        var isNew = await inbox.TryAddAsync(delivery, cancellationToken).ConfigureAwait(false);
        if (isNew) _services.GetRequiredService<WebhookInboxWorker>().Signal();
        Log.WebhookAnswered(_logger, delivery.RequestId, delivery.Route, isNew ? "stored in the inbox" : "in the inbox already");
        return StatusCodes.Status200OK;
    }

    private async Task<int> HandleNowAsync(FalWebhook webhook, FalInboxWebhook delivery, CancellationToken limit)
    {
        // fal may disconnect while the handler runs. The outcome of the handler must still be recorded, so the token of the
        // request is not used.
        switch (await _store.TryBeginAsync(delivery.RequestId, Options.Lease, limit).ConfigureAwait(false))
        {
            case FalWebhookLease.Completed:
                Log.WebhookAnswered(_logger, delivery.RequestId, delivery.Route, "a duplicate of a handled delivery");
                return StatusCodes.Status200OK;
            case FalWebhookLease.Held:
                Log.WebhookAnswered(_logger, delivery.RequestId, delivery.Route, "another delivery of it is being handled");
                return StatusCodes.Status503ServiceUnavailable;
        }
        var began = _time.GetTimestamp();
        var run = RunWithinAsync(webhook, delivery, limit);
        var settled = SettleAsync(run, delivery.RequestId, began);
        try
        {
            await run.WaitAsync(limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // The handler may still be running; SettleAsync records its outcome later.
            Log.WebhookHandlerTooSlow(_logger, delivery.RequestId, Options.HandlerTimeout.TotalSeconds, delivery.Route);
            return StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception ex)
        {
            Log.WebhookHandlerFailed(_logger, ex, delivery.RequestId, delivery.Route);
            await settled.ConfigureAwait(false);
            return StatusCodes.Status500InternalServerError;
        }
        return await settled.ConfigureAwait(false) ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
    }

    private async Task RunWithinAsync(FalWebhook webhook, FalInboxWebhook delivery, CancellationToken limit)
    {
        // A separate token source, because the handler may outlive the request.
        using var ownLimit = CancellationTokenSource.CreateLinkedTokenSource(limit);
        await RunAsync(webhook, delivery, ownLimit.Token).ConfigureAwait(false);
    }

    // False if a success could not be recorded: fal must then deliver again.
    private async Task<bool> SettleAsync(Task run, string requestId, long began)
    {
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (run.IsCompletedSuccessfully) await _store.CompleteAsync(requestId).ConfigureAwait(false);
            // After the lease has expired, another receiver may hold it.
            else if (_time.GetElapsedTime(began) < Options.Lease) await _store.ReleaseAsync(requestId).ConfigureAwait(false);
            return true;
        }
        catch (Exception ex)
        {
            Log.StoreUnavailable(_logger, ex, requestId);
            return false;
        }
    }

    private void Refuse(HttpContext context, string verdict, string? route, string reason)
    {
        Log.WebhookRefused(_logger, verdict, route ?? context.Request.Path, reason);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }

    private void Reject(HttpContext context, int status, string? route, string reason)
    {
        Log.WebhookRejected(_logger, status, route ?? context.Request.Path, reason);
        context.Response.StatusCode = status;
    }
}
