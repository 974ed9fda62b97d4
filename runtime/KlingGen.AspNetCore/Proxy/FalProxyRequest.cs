using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Fal.AspNetCore;

/// <summary>A call that is about to start paid work through a proxy.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalProxyRequest
{
    internal FalProxyRequest(HttpContext httpContext, string endpointId, bool isQueued, ReadOnlyMemory<byte> body)
    {
        HttpContext = httpContext;
        EndpointId = endpointId;
        IsQueued = isQueued;
        Body = body;
    }

    /// <summary>The request of the caller, with the caller's identity.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The endpoint that is called.</summary>
    public string EndpointId { get; }

    /// <summary>True for a job in the queue, false for a direct run.</summary>
    public bool IsQueued { get; }

    /// <summary>The input as JSON in UTF-8. It may be malformed.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The expected cost by a price list; unknown where the list has no price or the input is malformed.</summary>
    /// <param name="prices">The price list; the one that comes with KlingGen unless given.</param>
    public FalCostEstimate EstimateCost(FalPriceList? prices = null)
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            return (prices ?? FalPriceList.Bundled).Estimate(EndpointId, json.RootElement);
        }
        catch (JsonException)
        {
            return (prices ?? FalPriceList.Bundled).Estimate("", default);
        }
    }

    /// <summary>The endpoint; nothing of the input.</summary>
    public override string ToString() => EndpointId;
}

/// <summary>The answer of a proxy to a call that it does not pass on.</summary>
/// <param name="StatusCode">The HTTP status, 400 to 599: 402 or 429 for a spending limit.</param>
/// <param name="Message">What the caller reads as <c>detail</c>.</param>
public sealed record FalProxyRefusal(int StatusCode, string Message);
