using System.Text.Json;

namespace Fal;

/// <summary>Files of the account: who may read them, signed URLs, and the account's defaults.</summary>
public static class FalFileAccessExtensions
{
    private static readonly TimeSpan LongestSignature = TimeSpan.FromDays(7);

    /// <summary>Who may read a file. The key needs the permission <c>assets:read</c>.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="url">The file's URL, as it stands in a result.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<FalAccess> GetFileAccessAsync(this FalPlatform platform, Uri url, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var answer = await PlatformPages.SendAsync(
            platform,
            HttpMethod.Get,
            PathOf("/storage/files/acl", url),
            FalPlatformKey.Api,
            PlatformModelJson.Default.AccessJson,
            null,
            cancellationToken).ConfigureAwait(false);
        return answer.ToAccess();
    }

    /// <summary>
    /// Sets who may read a file; all earlier rules are replaced. fal drops users that it does not know, so compare the answer with the request.
    /// The key needs the permission <c>assets:write</c>.
    /// </summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="url">The file's URL, as it stands in a result.</param>
    /// <param name="access">Who may read the file.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What holds now.</returns>
    public static async Task<FalAccess> SetFileAccessAsync(
        this FalPlatform platform, Uri url, FalAccess access, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(access);
        var body = JsonSerializer.SerializeToElement(AccessJson.From(access), PlatformModelJson.Default.AccessJson);
        var answer = await PlatformPages.SendAsync(
            platform,
            HttpMethod.Put,
            PathOf("/storage/files/acl", url),
            FalPlatformKey.Api,
            PlatformModelJson.Default.AccessJson,
            body,
            cancellationToken).ConfigureAwait(false);
        return answer.ToAccess();
    }

    /// <summary>A URL that opens a file for a while, whatever its access rules say. Treat it as a secret.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="url">The file's URL, as it stands in a result.</param>
    /// <param name="lifetime">How long the URL works: 1 second to 7 days.</param>
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
        var answer = await PlatformPages.SendAsync(
            platform,
            HttpMethod.Post,
            PathOf("/storage/files/sign", url),
            FalPlatformKey.Api,
            PlatformModelJson.Default.SignedUrlJson,
            body.RootElement,
            cancellationToken).ConfigureAwait(false);
        return Uri.TryCreate(answer.SignedUrl, UriKind.Absolute, out var signed)
            ? signed
            : throw new FalProtocolException("fal's platform API gave a signed URL that is no URL.");
    }

    /// <summary>The account's defaults for files. The key needs the permission <c>account:settings:read</c>.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<FalStorageSettings> GetStorageSettingsAsync(this FalPlatform platform, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var answer = await PlatformPages.SendAsync(
            platform, HttpMethod.Get, "/storage/settings", FalPlatformKey.Api, PlatformModelJson.Default.SettingsJson, null, cancellationToken)
            .ConfigureAwait(false);
        return answer.ToSettings();
    }

    /// <summary>Replaces the account's defaults for files; what is null is cleared. The key needs <c>account:settings:write</c>.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What holds now.</returns>
    public static async Task<FalStorageSettings> SetStorageSettingsAsync(
        this FalPlatform platform, FalStorageSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.ExpiresAfter < TimeSpan.FromSeconds(1)) throw new ArgumentException("FalStorageSettings.ExpiresAfter must be 1 second or more.");
        var body = JsonSerializer.SerializeToElement(SettingsJson.From(settings), PlatformModelJson.Default.SettingsJson);
        var answer = await PlatformPages.SendAsync(
            platform, HttpMethod.Put, "/storage/settings", FalPlatformKey.Api, PlatformModelJson.Default.SettingsJson, body, cancellationToken)
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
