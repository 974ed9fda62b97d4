using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

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

    // The forms in which each character is literal or escaped.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Regex _escaped;

    public KeyRedactor(string key)
    {
        var secret = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        AddEncoded(key);
        var pattern = EscapedForms(key);
        // A very short secret would match ordinary words.
        if (secret.Length >= ShortestSecret)
        {
            AddEncoded(secret);
            pattern = $"{pattern}|{EscapedForms(secret)}";
        }

        _escaped = new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        _encoded.Sort(static (a, b) => b.Text.Length.CompareTo(a.Text.Length));
        var plain = secret.Length >= ShortestSecret ? new[] { key, secret } : [key];
        var forms = plain.Concat(_encoded.SelectMany(form => form.Comparison == StringComparison.Ordinal ? [form.Text] : CasesOf(form.Text)));
        Forms = [.. forms.OrderByDescending(form => form.Length).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The key and its secret in their common forms, as bytes, the longest first.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public byte[][] Forms { get; }

    /// <summary>Returns the string without the key; the same object if it does not contain the key.</summary>
    public string Clean(string text)
    {
        text = _escaped.Replace(text, Mask);
        foreach (var (form, comparison) in _encoded)
            if (text.Contains(form, comparison)) text = text.Replace(form, Mask, comparison);
        return text;
    }

    /// <summary>Whether the string contains the key in any form.</summary>
    public bool Finds(string text)
    {
        return _escaped.IsMatch(text) || _encoded.Exists(form => text.Contains(form.Text, form.Comparison));
    }

    /// <summary>Returns the exception, or one with the same message without the key if it contains the key.</summary>
    public Exception Clean(Exception exception) => Finds(exception.ToString()) ? new IOException(Clean(exception.Message)) : exception;

    // Each character may be escaped separately, and JSON or a URL inside JSON escapes twice. Bounds keep the search linear.
    private static string EscapedForms(string secret)
    {
        var pattern = new StringBuilder();
        foreach (var c in secret)
        {
            var hex = ((int)c).ToString("X2", CultureInfo.InvariantCulture);
            pattern.Append(CultureInfo.InvariantCulture, $@"(?:\\{{0,3}}{Regex.Escape(c.ToString())}|\\{{1,4}}u00{hex}|%(?:25){{0,2}}{hex})");
        }

        return pattern.ToString();
    }

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
