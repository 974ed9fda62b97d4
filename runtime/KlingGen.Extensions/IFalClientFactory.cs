namespace Fal;

/// <summary>
/// Factory of clients with other keys than the registered one. They share its options and connections. A job is submitted,
/// polled and fetched with the key of one client, so the key belongs to a client and not to a call.
/// </summary>
public interface IFalClientFactory
{
    /// <summary>
    /// Gets a client with the key of a tenant, from the <see cref="IFalKeyProvider"/>. The client is cached until the key
    /// changes; the container disposes it.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the lookup of the key.</param>
    /// <exception cref="InvalidOperationException">No key provider is registered.</exception>
    /// <exception cref="ArgumentException">The provider returned no key or a malformed key. The message does not contain
    /// it.</exception>
    ValueTask<FalClient> ForTenantAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates a client with this key, for instance a key from an HTTP request. It is cheap, because connections are shared.
    /// Dispose it when its jobs are no longer awaited.
    /// </summary>
    /// <param name="key">The key, as <c>id:secret</c>.</param>
    /// <exception cref="ArgumentException">The key is malformed. The message does not contain it.</exception>
    FalClient ForKey(string key);
}
