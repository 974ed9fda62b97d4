using System.Diagnostics;
using System.Text;

namespace Fal;

/// <summary>
/// Removes the key from strings that a server wrote, in every common form: plain, escaped for JSON, percent-encoded,
/// hexadecimal or base64. A server may return parts of the request.
/// </summary>
[DebuggerDisplay("key redactor")]
internal sealed class KeyRedactor
{
    private const string Mask = "***";
    private const int ShortestSecret = 6;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly List<string> _hex = [];

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly List<string> _base64 = [];

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string[] _plain;

    // The strings that are found with each character literal or escaped.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly EscapedText[] _escaped;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private byte[][]? _forms;

    public KeyRedactor(string key)
    {
        var secret = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        // A very short secret would match ordinary words.
        var plain = secret.Length >= ShortestSecret ? new[] { key, secret } : [key];
        foreach (var text in plain) AddEncoded(text);
        _plain = plain;
        _escaped = Array.ConvertAll(plain, static text => new EscapedText(text));
    }

    /// <summary>The key and its secret in their common forms, as bytes, the longest first.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public byte[][] Forms => _forms ??=
    [
        .. _plain.Concat(_hex).Concat(_hex.Select(hex => hex.ToLowerInvariant())).Concat(_base64)
            .OrderByDescending(form => form.Length).Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Returns the string without the key; the same object if it does not contain the key.</summary>
    public string Clean(string text)
    {
        foreach (var form in _escaped) text = form.Replace(text, Mask);
        foreach (var form in _hex) text = text.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
        foreach (var form in _base64) text = text.Replace(form, Mask, StringComparison.Ordinal);
        return text;
    }

    /// <summary>Whether the string contains the key in any form.</summary>
    public bool Finds(string text)
        => Array.Exists(_escaped, form => form.Finds(text))
            || _hex.Exists(form => text.Contains(form, StringComparison.OrdinalIgnoreCase))
            || _base64.Exists(form => text.Contains(form, StringComparison.Ordinal));

    /// <summary>Returns the exception, or one with the same message without the key if it contains the key.</summary>
    public Exception Clean(Exception exception) => Finds(exception.ToString()) ? new IOException(Clean(exception.Message)) : exception;

    private void AddEncoded(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        _hex.Add(Convert.ToHexString(bytes));
        // In base64 the preceding text decides where in a group of three the key begins; only the part that is independent of
        // it is searched for.
        for (var shift = 0; shift < 3; shift++)
        {
            var skip = (3 - shift) % 3;
            if (bytes.Length - skip < ShortestSecret) continue;
            var core = Convert.ToBase64String(bytes, skip, (bytes.Length - skip) / 3 * 3);
            _base64.Add(core);
            if (core.AsSpan().ContainsAny('+', '/')) _base64.Add(core.Replace('+', '-').Replace('/', '_'));
        }
    }
}
