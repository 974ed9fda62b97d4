using System.Globalization;
using System.Text;

namespace Fal;

/// <summary>A path with a query, whose names are constants and whose values are percent-encoded.</summary>
internal sealed class PlatformQuery(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _next = '?';

    public PlatformQuery Add(string name, string? value)
    {
        if (value is null) return this;
        _text.Append(_next).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _next = '&';
        return this;
    }

    public PlatformQuery Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public PlatformQuery Add(string name, DateTimeOffset? value)
        => Add(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
