using System.Collections.Concurrent;

namespace Fal.Emulation;

/// <summary>Tokens for direct uploads to the media host, so that the key is sent only to the rest host.</summary>
internal sealed class CdnTokens(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    public (string Token, DateTimeOffset ExpiresAt) Issue()
    {
        var token = FalEmulatedFiles.NewId();
        return (token, _ends[token] = time.GetUtcNow() + Lifetime);
    }

    public bool IsGood(string authorization)
    {
        const string scheme = "Bearer ";
        return authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && _ends.TryGetValue(authorization[scheme.Length..], out var end) && end > time.GetUtcNow();
    }
}
