using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Fal.AspNetCore;

/// <summary>A call through a proxy that is about to start paid work.</summary>
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

    /// <summary>The HTTP request of the caller, with the caller's identity.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The endpoint that is called.</summary>
    public string EndpointId { get; }

    /// <summary>True for a job in the queue, false for a direct run.</summary>
    public bool IsQueued { get; }

    /// <summary>The input as JSON in UTF-8. It may be malformed.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Estimates the cost with a price list; unknown if the list has no price or the input is malformed.</summary>
    /// <param name="prices">The price list; by default the one that KlingGen contains.</param>
    public FalCostEstimate EstimateCost(FalPriceList? prices = null)
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            return (prices ?? FalPriceList.Bundled).Estimate(EndpointId, json.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return (prices ?? FalPriceList.Bundled).Estimate("", default);
        }
    }

    /// <summary>Returns the endpoint, but nothing of the input.</summary>
    public override string ToString() => EndpointId;
}

/// <summary>The response of a proxy to a call that it refuses.</summary>
/// <param name="StatusCode">The HTTP status, 400 to 599: 402 or 429 for a spending limit.</param>
/// <param name="Message">The message for the caller, sent as <c>detail</c>.</param>
public sealed record FalProxyRefusal(int StatusCode, string Message);
