namespace Fal;

/// <summary>Extension methods that delete the payloads of a request and read fal's metadata.</summary>
public static class FalAccountExtensions
{
    /// <summary>
    /// Deletes the stored input and output of a request, and its output files. Input files stay. This cannot be undone. Needs an admin key; see
    /// <see cref="FalClientOptions.AdminKey"/>.
    /// </summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One entry per output file; a file may have failed although the call succeeded.</returns>
    /// <exception cref="FalAuthenticationException">There is no admin key; nothing was sent.</exception>
    public static async Task<IReadOnlyList<FalPayloadDeletion>> DeletePayloadsAsync(
        this FalPlatform platform, string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        if (!Guid.TryParse(requestId, out var id)) throw new ArgumentException("A request id is a UUID.", nameof(requestId));
        var answer = await platform.SendAsync(
            HttpMethod.Delete, $"/models/requests/{id}/payloads",
            PlatformModelJson.Default.PayloadDeletions, FalPlatformKey.Admin, null, cancellationToken)
            .ConfigureAwait(false);
        return answer.CdnDeleteResults;
    }

    /// <summary>Gets metadata that needs no key, such as the IP ranges of webhooks.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task<FalPlatformMeta> GetMetaAsync(this FalPlatform platform, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return platform.SendAsync(HttpMethod.Get, "/meta", PlatformModelJson.Default.FalPlatformMeta, FalPlatformKey.None, null, cancellationToken);
    }
}
