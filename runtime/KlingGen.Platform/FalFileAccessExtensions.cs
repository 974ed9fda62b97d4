using System.Text.Json;

namespace Fal;

/// <summary>Extension methods for files of the account: access rules, signed URLs and the account's defaults.</summary>
public static class FalFileAccessExtensions
{
    private static readonly TimeSpan LongestSignature = TimeSpan.FromDays(7);

    /// <summary>Gets the access rules of a file. The key needs the permission <c>assets:read</c>.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="url">The file's URL, as in a result.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<FalAccess> GetFileAccessAsync(this FalPlatform platform, Uri url, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var answer = await platform.SendAsync(
            HttpMethod.Get, PathOf("/storage/files/acl", url), PlatformModelJson.Default.AccessJson, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return answer.ToAccess();
    }

    /// <summary>
    /// Sets the access rules of a file and replaces all earlier rules. fal drops unknown users, so compare the answer with
    /// the request. The key needs the permission <c>assets:write</c>.
    /// </summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="url">The file's URL, as in a result.</param>
    /// <param name="access">The new access rules.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The access rules after the change.</returns>
    public static async Task<FalAccess> SetFileAccessAsync(
        this FalPlatform platform, Uri url, FalAccess access, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(access);
        var body = JsonSerializer.SerializeToElement(AccessJson.From(access), PlatformModelJson.Default.AccessJson);
        var answer = await platform.SendAsync(
            HttpMethod.Put, PathOf("/storage/files/acl", url), PlatformModelJson.Default.AccessJson, FalPlatformKey.Api, body, cancellationToken)
            .ConfigureAwait(false);
        return answer.ToAccess();
    }

    /// <summary>
    /// Gets a URL that gives access to a file for a limited time, regardless of its access rules. Treat it as a secret.
    /// </summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="url">The file's URL, as in a result.</param>
    /// <param name="lifetime">The lifetime of the URL: 1 second to 7 days.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<Uri> SignFileUrlAsync(
        this FalPlatform platform, Uri url, TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        if (lifetime < TimeSpan.FromSeconds(1) || lifetime > LongestSignature)
        {
            throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, "A signed URL works for 1 second to 7 days.");
        }
        var seconds = (long)Math.Ceiling(lifetime.TotalSeconds);
        using var body = JsonDocument.Parse(FormattableString.Invariant($$"""{"expiration_seconds":{{seconds}}}"""));
        var answer = await platform.SendAsync(
            HttpMethod.Post, PathOf("/storage/files/sign", url),
            PlatformModelJson.Default.SignedUrlJson, FalPlatformKey.Api, body.RootElement, cancellationToken)
            .ConfigureAwait(false);
        return Uri.TryCreate(answer.SignedUrl, UriKind.Absolute, out var signed)
            ? signed
            : throw new FalProtocolException("fal's platform API gave a signed URL that is no URL.");
    }

    /// <summary>Gets the account's defaults for files. The key needs the permission <c>account:settings:read</c>.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<FalStorageSettings> GetStorageSettingsAsync(this FalPlatform platform, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var answer = await platform.SendAsync(
            HttpMethod.Get, "/storage/settings", PlatformModelJson.Default.SettingsJson, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return answer.ToSettings();
    }

    /// <summary>
    /// Replaces the account's defaults for files; a property that is null is cleared. The key needs
    /// <c>account:settings:write</c>.
    /// </summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The settings after the change.</returns>
    public static async Task<FalStorageSettings> SetStorageSettingsAsync(
        this FalPlatform platform, FalStorageSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.ExpiresAfter < TimeSpan.FromSeconds(1)) throw new ArgumentException("FalStorageSettings.ExpiresAfter must be 1 second or more.");
        var body = JsonSerializer.SerializeToElement(SettingsJson.From(settings), PlatformModelJson.Default.SettingsJson);
        var answer = await platform.SendAsync(
            HttpMethod.Put, "/storage/settings", PlatformModelJson.Default.SettingsJson, FalPlatformKey.Api, body, cancellationToken)
            .ConfigureAwait(false);
        return answer.ToSettings();
    }

    private static string PathOf(string path, Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri) throw new ArgumentException("The URL of a file must be absolute.", nameof(url));
        return new PlatformQuery(path).Add("url", url.GetLeftPart(UriPartial.Path)).ToString();
    }
}
