using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Fal;

/// <summary>A fal key. It is sent in one header and used nowhere else.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class FalKey
{
    private const string Advice =
        "Set the environment variable FAL_KEY (or FAL_KEY_ID and FAL_KEY_SECRET), or FalClientOptions.Key, to a key from "
            + "https://fal.ai/dashboard/keys.";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _header;

    private FalKey(string key)
    {
        _header = "Key " + key;
        Redactor = new KeyRedactor(key);
    }

    /// <summary>The value of the Authorization header.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Header => _header;

    /// <summary>Removes the key from strings.</summary>
    public KeyRedactor Redactor { get; }

    /// <summary>Finds the key: the given one, else FAL_KEY, else FAL_KEY_ID and FAL_KEY_SECRET. An empty value counts as not set.</summary>
    /// <exception cref="ArgumentException">There is no key, or the value is not a valid key. The message never contains it.</exception>
    public static FalKey Find(string? given, Func<string, string?> environment)
    {
        if (Clean(given) is { } own) return Check(own, "FalClientOptions.Key");
        if (Clean(environment("FAL_KEY")) is { } whole) return Check(whole, "The environment variable FAL_KEY");
        var id = Clean(environment("FAL_KEY_ID"));
        var secret = Clean(environment("FAL_KEY_SECRET"));
        if (id is not null && secret is not null) return Check($"{id}:{secret}", "What FAL_KEY_ID and FAL_KEY_SECRET form together");
        if (id is not null) throw new ArgumentException($"FAL_KEY_ID is set, but FAL_KEY_SECRET is not. {Advice}");
        if (secret is not null) throw new ArgumentException($"FAL_KEY_SECRET is set, but FAL_KEY_ID is not. {Advice}");
        throw new ArgumentException($"There is no fal key. {Advice}");
    }

    /// <summary>Finds the admin key: the given one, else FAL_ADMIN_KEY; null if there is none.</summary>
    /// <exception cref="ArgumentException">The value is not a valid key. The message never contains it.</exception>
    public static FalKey? FindAdmin(string? given, Func<string, string?> environment)
    {
        if (Clean(given) is { } own) return Check(own, "FalClientOptions.AdminKey");
        return Clean(environment("FAL_ADMIN_KEY")) is { } key ? Check(key, "The environment variable FAL_ADMIN_KEY") : null;
    }

    /// <summary>Derives a secret for one purpose from the key (HKDF, RFC 5869). The key cannot be computed from it.</summary>
    public byte[] DeriveSecret(string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(_header), outputLength: 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>A constant; never the key.</summary>
    public override string ToString() => "fal key (hidden)";

    private static FalKey Check(string key, string source)
    {
        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException(
                $"{source} holds a character that no key has: a space, a line break, or something beyond ASCII. Copy the key again, alone.");
        }
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == key.Length - 1)
        {
            throw new ArgumentException($"{source} is not a whole key: expected an id, a colon and a secret. {Advice}");
        }
        return key.Length <= 1024 ? new FalKey(key) : throw new ArgumentException($"{source} is longer than any key. Copy the key again, alone.");
    }

    // Files and shells often add a line break after a value, or quotes around it.
    private static string? Clean(string? text)
    {
        text = text?.Trim();
        if (text is ['"', .., '"'] or ['\'', .., '\'']) text = text[1..^1].Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }
}
