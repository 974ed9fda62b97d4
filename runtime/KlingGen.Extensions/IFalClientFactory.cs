namespace Fal;

/// <summary>
/// Makes clients with other keys than the registered one. They share its options and connections. A job is submitted, waited for and
/// fetched with the key of one client, which is why the key belongs to a client and not to a call.
/// </summary>
public interface IFalClientFactory
{
    /// <summary>
    /// A client with the key of a tenant, from the <see cref="IFalKeyProvider"/>. The same client is returned as long as the key is the
    /// same; the container disposes it.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the lookup of the key.</param>
    /// <exception cref="InvalidOperationException">No key provider is registered.</exception>
    /// <exception cref="ArgumentException">The provider returned no well-formed key. The message does not show it.</exception>
    ValueTask<FalClient> ForTenantAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>
    /// A new client with this key, for instance one that came with a request. It is cheap, because connections are shared. Dispose it when
    /// its jobs are no longer waited for.
    /// </summary>
    /// <param name="key">The key, as <c>id:secret</c>.</param>
    /// <exception cref="ArgumentException">The key is malformed. The message does not show it.</exception>
    FalClient ForKey(string key);
}
