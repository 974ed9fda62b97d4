using System.Text.Json;
using Fal.Wire;
using KlingGen.Planning;

namespace Fal.AspNetCore;

/// <summary>Options of a proxy: what callers may do.</summary>
public sealed class FalProxyOptions
{
    private readonly Dictionary<string, Func<ReadOnlyMemory<byte>, IReadOnlyList<FalProblem>>> _checks = new(StringComparer.Ordinal);

    /// <summary>
    /// The endpoints that callers may use, as patterns over endpoint ids: <c>*</c> matches within one segment of an id,
    /// <c>**</c> matches any number of segments. Empty, the default, allows all endpoints in the environment Development and
    /// none elsewhere. A job URL names only the app, so a job is allowed if any endpoint of its app is allowed.
    /// </summary>
    public IList<string> AllowedEndpoints { get; } = [];

    /// <summary>The maximum size of a request body in bytes; 32 MiB by default. A larger one is answered with 413.</summary>
    public long MaxRequestBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// Whether callers may announce uploads; true by default. The files themselves go to fal's storage, not through the proxy.
    /// </summary>
    public bool AllowUploads { get; set; } = true;

    /// <summary>Whether callers may use <c>fal.run</c> (direct runs and model streams); true by default.</summary>
    public bool AllowDirectRuns { get; set; } = true;

    /// <summary>
    /// Whether callers may set a webhook URL; false by default, because a caller could send webhooks with your account's
    /// signature to any URL.
    /// </summary>
    public bool AllowWebhooks { get; set; }

    /// <summary>
    /// Approves or refuses each call that starts paid work, for instance by a spending limit per caller. Return null to
    /// approve it. The body is buffered in memory before.
    /// </summary>
    public Func<FalProxyRequest, CancellationToken, ValueTask<FalProxyRefusal?>>? OnPaidCall { get; set; }

    internal bool HasCheck(string endpointId) => _checks.ContainsKey(endpointId);

    /// <summary>
    /// Validates requests of an endpoint before they are forwarded. An invalid request is answered with 422 in fal's shape,
    /// and nothing is charged.
    /// </summary>
    /// <param name="endpoint">The endpoint, such as <c>fal.KlingVideo().V1_6.Pro.ImageToVideo</c>.</param>
    public void Check<TRequest, TResult>(FalEndpoint<TRequest, TResult> endpoint)
        where TRequest : class, IFalObject<TRequest>
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _checks[endpoint.EndpointId] = body =>
        {
            try
            {
                return endpoint.Check(FalJson.Read<TRequest>(body.Span));
            }
            catch (FalProtocolException ex)
            {
                return [new FalProblem { Path = "", Type = "value_error", Message = ex.Message }];
            }
        };
    }

    internal IReadOnlyList<FalProblem> Check(string endpointId, ReadOnlyMemory<byte> body)
        => _checks.TryGetValue(endpointId, out var check) ? check(body) : [];

    internal bool IsAllowed(string endpointId) => EndpointGlob.MatchesAny(AllowedEndpoints, endpointId);

    /// <summary>Whether any endpoint of an app is allowed: the first segments of a pattern match those of the app.</summary>
    internal bool IsAppAllowed(string app) => AllowedEndpoints.Any(pattern => Overlaps(pattern.Split('/'), app.Split('/')));

    internal FalProxyOptions Checked()
    {
        if (MaxRequestBytes is < 1 or > 1 << 30) throw new ArgumentException("FalProxyOptions.MaxRequestBytes must be between 1 byte and 1 GiB.");
        return this;
    }

    private static bool Overlaps(string[] pattern, string[] app)
    {
        for (var i = 0; i < app.Length; i++)
        {
            if (i >= pattern.Length) return false;
            if (pattern[i] == "**") return true;
            if (!EndpointGlob.Matches(pattern[i], app[i])) return false;
        }
        return true;
    }
}
