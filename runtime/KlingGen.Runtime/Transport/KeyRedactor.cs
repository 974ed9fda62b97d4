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
    private readonly List<(string Text, StringComparison Comparison)> _encoded = [];

    // The strings that are found with each character literal or escaped.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly EscapedText[] _escaped;

    public KeyRedactor(string key)
    {
        var secret = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        // A very short secret would match ordinary words.
        var plain = secret.Length >= ShortestSecret ? new[] { key, secret } : [key];
        foreach (var text in plain) AddEncoded(text);
        _escaped = Array.ConvertAll(plain, static text => new EscapedText(text));
        _encoded.Sort(static (a, b) => b.Text.Length.CompareTo(a.Text.Length));
        var forms = plain.Concat(_encoded.SelectMany(form => form.Comparison == StringComparison.Ordinal ? [form.Text] : CasesOf(form.Text)));
        Forms = [.. forms.OrderByDescending(form => form.Length).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The key and its secret in their common forms, as bytes, the longest first.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public byte[][] Forms { get; }

    /// <summary>Returns the string without the key; the same object if it does not contain the key.</summary>
    public string Clean(string text)
    {
        foreach (var form in _escaped) text = form.Replace(text, Mask);
        foreach (var (form, comparison) in _encoded)
            if (text.Contains(form, comparison)) text = text.Replace(form, Mask, comparison);
        return text;
    }

    /// <summary>Whether the string contains the key in any form.</summary>
    public bool Finds(string text)
        => Array.Exists(_escaped, form => form.Finds(text)) || _encoded.Exists(form => text.Contains(form.Text, form.Comparison));

    /// <summary>Returns the exception, or one with the same message without the key if it contains the key.</summary>
    public Exception Clean(Exception exception) => Finds(exception.ToString()) ? new IOException(Clean(exception.Message)) : exception;

    private static string[] CasesOf(string hex) => [hex, hex.ToLowerInvariant()];

    private void AddEncoded(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        Add(Convert.ToHexString(bytes), StringComparison.OrdinalIgnoreCase);
        // In base64 the preceding text decides where in a group of three the key begins; only the part that is independent of
        // it is searched for.
        for (var shift = 0; shift < 3; shift++)
        {
            var skip = (3 - shift) % 3;
            if (bytes.Length - skip < ShortestSecret) continue;
            var core = Convert.ToBase64String(bytes, skip, (bytes.Length - skip) / 3 * 3);
            Add(core, StringComparison.Ordinal);
            Add(core.Replace('+', '-').Replace('/', '_'), StringComparison.Ordinal);
        }
    }

    private void Add(string form, StringComparison comparison)
    {
        if (!_encoded.Contains((form, comparison))) _encoded.Add((form, comparison));
    }
}
