namespace Fal;

/// <summary>Knows the fal keys of an application's tenants. Register it with <see cref="FalBuilder.AddKeyProvider{TProvider}"/>.</summary>
public interface IFalKeyProvider
{
    /// <summary>
    /// Returns the key of a tenant, as <c>id:secret</c>. It is asked each time a client of the tenant is wanted, so a key that was changed
    /// counts from the next call on; cache the answer if it is expensive.
    /// </summary>
    /// <param name="tenant">The tenant, as it was given to <see cref="IFalClientFactory.ForTenantAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    ValueTask<string> GetKeyAsync(string tenant, CancellationToken cancellationToken = default);
}
