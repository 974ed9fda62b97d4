using System.Text;

namespace Fal.Tests.Harness;

/// <summary>A request as it reached the scripted handler or the scripted server.</summary>
public sealed record RecordedRequest(string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>The body as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Path and query, as sent.</summary>
    public string Path => Url.PathAndQuery;

    /// <summary>Host and, where it is not the usual one, port.</summary>
    public string Host => Url.Authority;

    /// <summary>The value of a header, or null; several values are joined with a comma.</summary>
    public string? this[string header]
    {
        get
        {
            var values = Headers.Where(pair => pair.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value).ToArray();
            return values.Length == 0 ? null : string.Join(", ", values);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Url}";
}
