using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fal.Wire;

namespace Fal;

/// <summary>
/// The part of fal's platform API that jobs need: prices and costs, the account's requests, and deletion of payloads. Package
/// KlingGen.Platform adds the rest. Get it from <see cref="FalClient.Platform"/>.
/// </summary>
public sealed class FalPlatform
{
    private const int MostIds = 50;
    private const string RawAnswer = "fal.Platform.SendAsync gives the raw answer.";

    // A server that repeats its cursors must not keep a list running forever.
    private const int MostPages = 10_000;

    private readonly FalTransport _transport;
    private readonly LookupCache<FalPrice?> _prices;
    private readonly HistoricalCosts _history;

    internal FalPlatform(FalTransport transport)
    {
        _transport = transport;
        _prices = new LookupCache<FalPrice?>(transport.Time, id => GetPriceAsync(id));
        _history = new HistoricalCosts(transport, this);
    }

    /// <summary>The unit prices of endpoints for this account. Endpoints that fal does not have are left out.</summary>
    /// <param name="endpointIds">The endpoints; any number.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<IReadOnlyList<FalPrice>> GetPricesAsync(IEnumerable<string> endpointIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpointIds);
        var prices = new List<FalPrice>();
        foreach (var ids in endpointIds.Select(id => FalEndpointId.Parse(id).ToString()).Distinct(StringComparer.Ordinal).Chunk(MostIds))
        {
            try
            {
                prices.AddRange(await FetchPricesAsync(ids, cancellationToken).ConfigureAwait(false));
            }
            catch (FalRequestRejectedException ex) when (ex.StatusCode == 404)
            {
                // One unknown id fails the whole call, so each id is requested separately.
                foreach (var id in ids)
                    if (ids.Length > 1 && await GetPriceAsync(id, cancellationToken).ConfigureAwait(false) is { } price) prices.Add(price);
            }
        }
        return prices;
    }

    /// <summary>The unit price of an endpoint for this account; null if fal does not have the endpoint.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<FalPrice?> GetPriceAsync(string endpointId, CancellationToken cancellationToken = default)
    {
        var prices = await GetPricesAsync([endpointId], cancellationToken).ConfigureAwait(false);
        return prices.FirstOrDefault(price => price.EndpointId == endpointId);
    }

    /// <summary>
    /// The cost of a finished call: its billed units times the endpoint's unit price, which is looked up once per endpoint
    /// and hour. A failed lookup returns an unknown cost with the reason; only <paramref name="cancellationToken"/> throws.
    /// </summary>
    /// <param name="call">The metadata of the call, from its result.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    public async Task<FalCost> GetCostAsync(FalCallInfo call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.BillableUnits is not { } units) return FalCost.Unknown(null, "the answer did not name its billable units.");
        if (call.EndpointId is not { } endpoint) return FalCost.Unknown(units, "the endpoint is not known.");
        try
        {
            return await _prices.FindAsync(endpoint, cancellationToken).ConfigureAwait(false) is { } price
                ? FalCost.FromUnits(units, price)
                : FalCost.Unknown(units, $"fal names no price for {endpoint}.");
        }
        catch (Exception ex) when (ex is FalException or ObjectDisposedException or ArgumentException or OverflowException)
        {
            return FalCost.Unknown(units, $"the price could not be read: {ex.Message}");
        }
    }

    /// <summary>
    /// The average cost of earlier requests to an endpoint, independent of their parameters: a fallback if the price list has
    /// no price. It is requested once per endpoint and hour, by one call at a time. A failed lookup returns an unknown cost;
    /// only <paramref name="cancellationToken"/> throws.
    /// </summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cancellationToken">Cancels the wait for the answer.</param>
    public async Task<FalCostEstimate> GetHistoricalCostAsync(string endpointId, CancellationToken cancellationToken = default)
    {
        var id = FalEndpointId.Parse(endpointId).ToString();
        try
        {
            return await _history.FindAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is FalException or ObjectDisposedException || IsClosed(ex, cancellationToken))
        {
            return FalCostEstimate.Unknown($"the historical cost could not be read: {ex.Message}");
        }
    }

    /// <summary>The account's requests, newest end first. Pages are fetched as the list is read.</summary>
    /// <param name="query">The endpoints and the window.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="ArgumentException">The query is not valid.</exception>
    public IAsyncEnumerable<FalRequestRecord> ListRequestsAsync(FalRequestQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ListAsync(query.ToPath(), "items", PlatformJson.Default.FalRequestRecord, FalPlatformKey.Api, cancellationToken);
    }

    /// <summary>
    /// Finds the job of a submit whose outcome is unknown: requests of the same endpoint, sent since then, with the same body. Found jobs can be
    /// resumed; an empty answer does not prove that no job runs, because a queued request may not be listed yet.
    /// </summary>
    /// <param name="exception">The unknown outcome. It contains a hash of the body, never the body.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="ArgumentException">The exception does not come from a submit.</exception>
    public Task<FalJobSearch> FindJobsAsync(FalOutcomeUnknownException exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is not { EndpointId: { } endpoint, SentAt: { } sentAt, BodyHash: { } hash })
        {
            throw new ArgumentException("The exception names no endpoint, time and body hash: it does not come from a submit.", nameof(exception));
        }
        return FindAsync(endpoint, sentAt, record => CanonicalJson.Hash(record) == hash, cancellationToken);
    }

    /// <summary>
    /// Finds jobs of an endpoint by the body that was sent. Bodies are compared by structure, independent of the order of
    /// properties and the format of numbers.
    /// </summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="body">The body, with the URLs of uploaded media.</param>
    /// <param name="since">The time of the submit.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public Task<FalJobSearch> FindJobsAsync(string endpointId, JsonElement body, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        var hash = CanonicalJson.Hash(body);
        return FindAsync(FalEndpointId.Parse(endpointId).ToString(), since, record => CanonicalJson.Hash(record) == hash, cancellationToken);
    }

    /// <summary>
    /// Sends any call of the platform API that has no method here, and returns its answer as JSON. Package KlingGen.Platform
    /// is built on it. A call is retried like a read, so it must be idempotent.
    /// </summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pathAndQuery">The path below the API's base URL, such as <c>/models?q=kling</c>, with percent-encoded values.</param>
    /// <param name="key">The key that the call needs.</param>
    /// <param name="body">The JSON to send; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FalAuthenticationException">The call needs an admin key and there is none; nothing was sent.</exception>
    /// <exception cref="ArgumentException">The path does not consist of plain segments.</exception>
    public Task<JsonElement> SendAsync(
        HttpMethod method,
        string pathAndQuery,
        FalPlatformKey key = FalPlatformKey.Api,
        JsonElement? body = null,
        CancellationToken cancellationToken = default)
        => SendAsync(method, pathAndQuery, PlatformJson.Default.JsonElement, key, body, cancellationToken);

    /// <summary>Sends any call of the platform API that has no method here, and returns its answer as a type.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pathAndQuery">The path below the API's base URL, with percent-encoded values.</param>
    /// <param name="type">The JSON metadata of the answer.</param>
    /// <param name="key">The key that the call needs.</param>
    /// <param name="body">The JSON to send; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FalProtocolException">The answer has another shape.</exception>
    public async Task<T> SendAsync<T>(
        HttpMethod method,
        string pathAndQuery,
        JsonTypeInfo<T> type,
        FalPlatformKey key = FalPlatformKey.Api,
        JsonElement? body = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(pathAndQuery);
        ArgumentNullException.ThrowIfNull(type);
        if (!Enum.IsDefined(key)) throw new ArgumentOutOfRangeException(nameof(key), key, "FalPlatformKey has no such value.");
        var json = body is { } given ? FalJsonText.BytesOf(given).ToArray() : null;
        Func<HttpContent?>? content = json is null ? null : () => BufferedContent.ForJson(json);
        using var response = await _transport.SendToPlatformAsync(key, pathAndQuery, method, content, cancellationToken).ConfigureAwait(false);
        var answer = BufferedContent.GetBody(response);
        if (!response.IsSuccessStatusCode) throw FalErrors.FromResponse(_transport, response, answer.Span, null, null);
        return Read(answer.Span, type);
    }

    /// <summary>Lists the elements of all pages of a call. A page is fetched when its first element is requested.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="pathAndQuery">The path below the API's base URL, with percent-encoded values and without a cursor.</param>
    /// <param name="name">The property of a page that contains its elements.</param>
    /// <param name="type">The JSON metadata of an element.</param>
    /// <param name="key">The key that the call needs.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="FalProtocolException">A page has another shape, or fal gave the same cursor twice.</exception>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string pathAndQuery,
        string name,
        JsonTypeInfo<T> type,
        FalPlatformKey key = FalPlatformKey.Api,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pathAndQuery);
        var separator = pathAndQuery.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var (cursors, next) = (new HashSet<string>(), pathAndQuery); ;)
        {
            var page = await SendAsync(HttpMethod.Get, next, key, null, cancellationToken).ConfigureAwait(false);
            var items = FalJsonText.MemberOf(page, name);
            if (items.ValueKind != JsonValueKind.Array) throw Unexpected($"a page without '{name}'", null);
            foreach (var item in items.EnumerateArray()) yield return Read(FalJsonText.BytesOf(item), type);
            var following = FalJsonText.StringOf(page, "next_cursor");
            if (string.IsNullOrEmpty(following) || FalJsonText.MemberOf(page, "has_more").ValueKind != JsonValueKind.True) yield break;
            if (!cursors.Add(following) || cursors.Count == MostPages)
                throw new FalProtocolException("fal's platform API gave a page cursor twice or has no last page: the list is incomplete.");
            next = $"{pathAndQuery}{separator}cursor={Uri.EscapeDataString(following)}";
        }
    }

    private T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Unexpected("null", null);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            var cause = _transport.Redact(ex);
            throw Unexpected(cause.Message.TrimEnd('.'), cause);
        }
    }

    private static FalProtocolException Unexpected(string what, Exception? cause)
        => new($"fal's platform API answered in an unexpected form: {what}. {RawAnswer}", cause);

    private bool IsClosed(Exception exception, CancellationToken cancellationToken)
        => exception is OperationCanceledException && !cancellationToken.IsCancellationRequested && _transport.Closing.IsCancellationRequested;

    private async Task<List<FalPrice>> FetchPricesAsync(string[] ids, CancellationToken cancellationToken)
    {
        var query = new PlatformQuery("/models/pricing");
        foreach (var id in ids) query.Add("endpoint_id", id);
        var prices = new List<FalPrice>();
        var pages = ListAsync(query.ToString(), "prices", PlatformJson.Default.FalPrice, FalPlatformKey.Api, cancellationToken);
        await foreach (var price in pages.ConfigureAwait(false)) prices.Add(price);
        return prices;
    }

    private async Task<FalJobSearch> FindAsync(
        string endpoint, DateTimeOffset since, Func<JsonElement, bool> matches, CancellationToken cancellationToken)
    {
        // Tolerance for the difference between fal's clock and the local one.
        var start = since - TimeSpan.FromMinutes(2);
        var query = new FalRequestQuery { EndpointIds = [endpoint], Start = start, WithPayloads = true, PageSize = 100 };
        var found = new List<FalJobToken>();
        var (seen, withoutInput) = (0, 0);
        await foreach (var record in ListRequestsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            seen++;
            if (record.JsonInput is not { } input) withoutInput++;
            else if (matches(input)) found.Add(TokenOf(endpoint, record));
        }
        return new FalJobSearch { Candidates = found, RequestsSeen = seen, RequestsWithoutInput = withoutInput, Start = start };
    }

    private FalJobToken TokenOf(string endpoint, FalRequestRecord record)
        => JobAddress.ForId(FalEndpointId.Parse(endpoint), record.RequestId, record.SentAt).ToToken(_transport.QueueAddress);
}
