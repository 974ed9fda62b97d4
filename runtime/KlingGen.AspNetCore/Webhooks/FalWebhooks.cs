using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Fal.AspNetCore;

/// <summary>Creates the URLs of this app's webhook routes. Registered by <c>AddFalWebhooks</c>.</summary>
public sealed class FalWebhooks
{
    private const string Purpose = "KlingGen.AspNetCore webhook URLs";

    private readonly LinkGenerator _links;
    private readonly Uri? _publicBaseUrl;

    internal FalWebhooks(LinkGenerator links, FalClient client, IOptions<FalWebhooksOptions> options)
    {
        _links = links;
        var value = options.Value;
        value.Validate();
        _publicBaseUrl = value.PublicBaseUrl;
        var current = value.Secret is { } secret ? Encoding.UTF8.GetBytes(secret) : client.DeriveSecret(Purpose);
        Query = new([current, .. value.PreviousSecrets.Select(Encoding.UTF8.GetBytes)]);
    }

    internal WebhookQuery Query { get; }

    /// <summary>
    /// Creates the URL of a webhook route, for <see cref="FalSubmitOptions.Webhook"/>. Its signed query carries the ids and
    /// the current trace, because the body of a webhook does not name its endpoint.
    /// </summary>
    /// <param name="name">The name of the route, set with <c>WithName</c>.</param>
    /// <param name="endpointId">The endpoint of the job; the handler then gets a token of the job.</param>
    /// <param name="ledgerId">Your own id of the job, such as a primary key: 1 to 128 letters, digits, '-', '_', '.' and ':'.</param>
    /// <exception cref="InvalidOperationException"><c>Fal:PublicBaseUrl</c> is not set, or no route has this name.</exception>
    /// <exception cref="ArgumentException">An id is malformed.</exception>
    public Uri UrlFor(string name, string? endpointId = null, string? ledgerId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        WebhookQuery.RequireIds(endpointId, ledgerId);
        if (_publicBaseUrl is null)
        {
            throw new InvalidOperationException(
                "Fal:PublicBaseUrl is not set. Set it to the URL under which fal reaches this app, such as https://app.example.com.");
        }
        var path = _links.GetPathByName(name, values: null)
            ?? throw new InvalidOperationException($"No route is named '{name}'. Call WithName(\"{name}\") on the result of MapFalWebhook.");
        var query = Query.Sign(name, endpointId, ledgerId, WebhookQuery.CurrentTraceParent());
        return new Uri(_publicBaseUrl.AbsoluteUri.TrimEnd('/') + path + query);
    }
}
