namespace Fal;

/// <summary>Extension methods that list models and get one model.</summary>
public static class FalModelsExtensions
{
    /// <summary>
    /// Lists the models that match a query. Pages are fetched lazily. Sends the client's key, which raises fal's rate limit.
    /// </summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="query">The query; null for all models.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="ArgumentException">The query is not valid.</exception>
    public static IAsyncEnumerable<FalModel> ListModelsAsync(
        this FalPlatform platform, FalModelQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var path = (query ?? new FalModelQuery()).ToPath();
        return platform.ListAsync(path, "models", PlatformModelJson.Default.FalModel, FalPlatformKey.Api, cancellationToken);
    }

    /// <summary>Gets one model; null if fal does not have it.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="withOpenApi">Whether to include the model's OpenAPI document.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<FalModel?> GetModelAsync(
        this FalPlatform platform, string endpointId, bool withOpenApi = false, CancellationToken cancellationToken = default)
    {
        var query = new FalModelQuery { EndpointIds = [endpointId], WithOpenApi = withOpenApi };
        try
        {
            await foreach (var model in platform.ListModelsAsync(query, cancellationToken).ConfigureAwait(false))
                if (model.EndpointId == endpointId) return model;
        }
        catch (FalRequestRejectedException ex) when (ex.StatusCode == 404)
        {
            // fal answers an unknown id with an error.
        }
        return null;
    }
}
