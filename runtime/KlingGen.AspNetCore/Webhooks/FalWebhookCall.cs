using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Fal.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Fal.AspNetCore;

/// <summary>A verified webhook, as a handler gets it.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public class FalWebhookCall
{
    internal FalWebhookCall(FalWebhook webhook, FalInboxWebhook delivery, IServiceProvider services)
    {
        Webhook = webhook;
        Services = services;
        RequestId = webhook.RequestId;
        UserId = delivery.UserId;
        SentAt = delivery.SentAt;
        EndpointId = delivery.EndpointId;
        LedgerId = delivery.LedgerId;
        Token = EndpointId is null ? null : Client.Endpoint(EndpointId).Resume(RequestId).ToToken();
    }

    /// <summary>The body.</summary>
    public FalWebhook Webhook { get; }

    /// <summary>The request id of the job.</summary>
    public string RequestId { get; }

    /// <summary>The endpoint of the job, from the signed query; null where the URL does not name it.</summary>
    public string? EndpointId { get; }

    /// <summary>Your own id of the job, from the signed query; null where the URL has none.</summary>
    public string? LedgerId { get; }

    /// <summary>The token of the job; null where the endpoint is not known.</summary>
    public FalJobToken? Token { get; }

    /// <summary>The fal account of the webhook.</summary>
    public string UserId { get; }

    /// <summary>The time of the signature.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>The services of this call: those of the HTTP request, or of a scope of its own in the background mode.</summary>
    public IServiceProvider Services { get; }

    private FalClient Client => Services.GetRequiredService<FalClient>();

    /// <summary>
    /// The result of the job. Where the webhook carries none although the job succeeded, which fal explains in <see
    /// cref="FalWebhook.PayloadError"/>, it is fetched from fal.
    /// </summary>
    /// <typeparam name="TResult">The result type of the endpoint.</typeparam>
    /// <exception cref="FalJobFailedException">The job failed.</exception>
    /// <exception cref="FalJobCancelledException">The job was cancelled.</exception>
    /// <exception cref="FalProtocolException">The output has another shape, or is missing and the endpoint is not known.</exception>
    public Task<TResult> GetResultAsync<TResult>(CancellationToken cancellationToken = default)
        where TResult : class, IFalObject<TResult>
    {
        var isMissing = Webhook.IsOk && Webhook.Payload.ValueKind is System.Text.Json.JsonValueKind.Undefined or System.Text.Json.JsonValueKind.Null;
        return isMissing && EndpointId is not null
            ? new FalEndpoint<FalRawResult, TResult>(Client, EndpointId).Resume(RequestId).GetResultAsync(cancellationToken)
            : Task.FromResult(Webhook.ReadPayload<TResult>(Client));
    }

    /// <summary>The status, the endpoint and the request; nothing of the body.</summary>
    public override string ToString() => $"{Webhook.Status} {EndpointId ?? "(endpoint not named)"} {RequestId}";
}

/// <summary>A verified webhook with the result of the job, or the error that it ended with.</summary>
/// <typeparam name="TResult">The result type of the endpoint.</typeparam>
public sealed class FalWebhookCall<TResult> : FalWebhookCall
    where TResult : class, IFalObject<TResult>
{
    private FalWebhookCall(FalWebhook webhook, FalInboxWebhook delivery, IServiceProvider services)
        : base(webhook, delivery, services)
    {
    }

    /// <summary>Whether the job succeeded and its result could be read.</summary>
    [MemberNotNullWhen(true, nameof(Result))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Result is not null;

    /// <summary>The result; null where the job failed.</summary>
    public TResult? Result { get; private init; }

    /// <summary>
    /// Why there is no result: the job failed (<see cref="FalJobFailedException"/>), was cancelled (<see cref="FalJobCancelledException"/>), or its
    /// output could not be read (<see cref="FalProtocolException"/>).
    /// </summary>
    public FalException? Error { get; private init; }

    internal static async Task<FalWebhookCall<TResult>> CreateAsync(
        FalWebhook webhook, FalInboxWebhook delivery, IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            var result = await new FalWebhookCall(webhook, delivery, services).GetResultAsync<TResult>(cancellationToken).ConfigureAwait(false);
            return new(webhook, delivery, services) { Result = result };
        }
        catch (FalException ex) when (ex is FalJobFailedException or FalJobCancelledException or FalProtocolException or FalRequestRejectedException)
        {
            // Every other error is about fetching, which the next delivery repeats.
            return new(webhook, delivery, services) { Error = ex };
        }
    }
}
