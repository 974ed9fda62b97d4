using System.Diagnostics;
using System.Text;

namespace Fal;

/// <summary>Takes the key out of texts that a server wrote, whatever common form it has there: a server may echo what it was sent.</summary>
[DebuggerDisplay("key redactor")]
internal sealed class KeyRedactor
{
    private const string Mask = "***";
    private const int ShortestSecret = 6;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly List<(string Text, StringComparison Comparison)> _forms = [];

    public KeyRedactor(string key)
    {
        var secret = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        Add(key);
        // A very short secret would turn up in ordinary words.
        if (secret.Length >= ShortestSecret) Add(secret);
        _forms.Sort(static (a, b) => b.Text.Length.CompareTo(a.Text.Length));
    }

    /// <summary>The text without the key.</summary>
    public string Clean(string text)
    {
        foreach (var (form, comparison) in _forms)
            if (text.Contains(form, comparison)) text = text.Replace(form, Mask, comparison);
        return text;
    }

    /// <summary>Whether the text holds the key in any form.</summary>
    public bool Finds(string text)
    {
        foreach (var (form, comparison) in _forms)
            if (text.Contains(form, comparison)) return true;
        return false;
    }

    /// <summary>The exception, or one that says the same without the key where its text holds it.</summary>
    public Exception Clean(Exception exception) => Finds(exception.ToString()) ? new IOException(Clean(exception.Message)) : exception;

    private void Add(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        Add(secret, StringComparison.OrdinalIgnoreCase);
        Add(Uri.EscapeDataString(secret), StringComparison.OrdinalIgnoreCase);
        Add(string.Concat(bytes.Select(b => $"%{b:X2}")), StringComparison.OrdinalIgnoreCase);
        Add(Convert.ToHexString(bytes), StringComparison.OrdinalIgnoreCase);
        // In base64 the text before decides where in a group of three the key begins; the part that does not depend on its neighbours is looked for.
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
        if (!_forms.Contains((form, comparison))) _forms.Add((form, comparison));
    }
}
