using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Fal.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Fal.AspNetCore;

/// <summary>A verified webhook that is passed to a handler.</summary>
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

    /// <summary>The endpoint of the job, from the signed query; null if the URL has none.</summary>
    public string? EndpointId { get; }

    /// <summary>Your own id of the job, from the signed query; null if the URL has none.</summary>
    public string? LedgerId { get; }

    /// <summary>The token of the job; null if the endpoint is unknown.</summary>
    public FalJobToken? Token { get; }

    /// <summary>The fal account of the webhook.</summary>
    public string UserId { get; }

    /// <summary>The time of the signature.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>The services of this call: those of the HTTP request, or of a separate scope in background mode.</summary>
    public IServiceProvider Services { get; }

    private FalClient Client => Services.GetRequiredService<FalClient>();

    /// <summary>
    /// Gets the result of the job. If the job succeeded but the webhook has no payload (see
    /// <see cref="FalWebhook.PayloadError"/>), the result is fetched from fal.
    /// </summary>
    /// <typeparam name="TResult">The result type of the endpoint.</typeparam>
    /// <exception cref="FalJobFailedException">The job failed.</exception>
    /// <exception cref="FalJobCancelledException">The job was cancelled.</exception>
    /// <exception cref="FalProtocolException">The output does not match the result type, or is missing and the endpoint is
    /// unknown.</exception>
    public Task<TResult> GetResultAsync<TResult>(CancellationToken cancellationToken = default)
        where TResult : class, IFalObject<TResult>
    {
        var isMissing = Webhook.IsOk && Webhook.Payload.ValueKind is System.Text.Json.JsonValueKind.Undefined or System.Text.Json.JsonValueKind.Null;
        return isMissing && EndpointId is not null
            ? new FalEndpoint<FalRawResult, TResult>(Client, EndpointId).Resume(RequestId).GetResultAsync(cancellationToken)
            : Task.FromResult(Webhook.ReadPayload<TResult>(Client));
    }

    /// <summary>Returns the status, the endpoint and the request id, but nothing of the body.</summary>
    public override string ToString() => $"{Webhook.Status} {EndpointId ?? "(endpoint not named)"} {RequestId}";
}

/// <summary>A verified webhook with the result of the job, or its error.</summary>
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

    /// <summary>The result; null if <see cref="Error"/> is set.</summary>
    public TResult? Result { get; private init; }

    /// <summary>
    /// The reason why there is no result, for instance: the job failed (<see cref="FalJobFailedException"/>), was cancelled
    /// (<see cref="FalJobCancelledException"/>), or its output is invalid (<see cref="FalProtocolException"/>).
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
            // Every other error comes from fetching the result, which the next delivery retries.
            return new(webhook, delivery, services) { Error = ex };
        }
    }
}
