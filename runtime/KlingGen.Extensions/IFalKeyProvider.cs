namespace Fal;

/// <summary>
/// Provider of the fal keys of an application's tenants. Register it with
/// <see cref="FalBuilder.AddKeyProvider{TProvider}"/>.
/// </summary>
public interface IFalKeyProvider
{
    /// <summary>
    /// Returns the key of a tenant, as <c>id:secret</c>. Each call of <see cref="IFalClientFactory.ForTenantAsync"/> calls it,
    /// so a changed key takes effect with the next call. Cache the key if the lookup is expensive.
    /// </summary>
    /// <param name="tenant">The tenant, as passed to <see cref="IFalClientFactory.ForTenantAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    ValueTask<string> GetKeyAsync(string tenant, CancellationToken cancellationToken = default);
}
