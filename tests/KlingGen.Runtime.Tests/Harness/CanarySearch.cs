using System.Text;

namespace Fal.Tests.Harness;

/// <summary>Finds a key in bytes, whatever common form it takes there.</summary>
public static class CanarySearch
{
    /// <summary>The form in which the key or its secret half was found, or null.</summary>
    public static string? Find(ReadOnlySpan<byte> data, string key)
    {
        var secret = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        // Lower case on both sides finds hex and percent forms in either case; base64 is searched as it is.
        var lower = data.ToArray();
        for (var i = 0; i < lower.Length; i++)
            if (lower[i] is >= (byte)'A' and <= (byte)'Z') lower[i] += 32;
        foreach (var (form, text) in LowerForms(secret))
            if (lower.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0) return form;
        if (lower.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) >= 0) return "UTF-16";
        foreach (var text in Base64Cores(Encoding.UTF8.GetBytes(secret)))
            if (data.IndexOf(Encoding.ASCII.GetBytes(text)) >= 0) return "base64";
        return null;
    }

    private static IEnumerable<(string Form, string Text)> LowerForms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var hex = Convert.ToHexString(bytes).ToLowerInvariant();
        yield return ("raw", secret.ToLowerInvariant());
        yield return ("hex", hex);
        yield return ("hex with dashes", BitConverter.ToString(bytes).ToLowerInvariant());
        yield return ("percent-encoded", string.Concat(bytes.Select(b => $"%{b:x2}")));
        yield return ("percent-encoded", Uri.EscapeDataString(secret).ToLowerInvariant());
        yield return ("JSON escapes", string.Concat(secret.Select(c => $"\\u{(int)c:x4}")));
        yield return ("reversed", new string([.. secret.ToLowerInvariant().Reverse()]));
    }

    // Inside a longer text the secret may start at any of three places of a base64 group; what does not depend on its neighbours is searched.
    private static IEnumerable<string> Base64Cores(byte[] secret)
    {
        for (var shift = 0; shift < 3; shift++)
        {
            var skip = (3 - shift) % 3;
            var length = (secret.Length - skip) / 3 * 3;
            yield return Convert.ToBase64String(secret, skip, length);
            yield return Convert.ToBase64String(secret, skip, length).Replace('+', '-').Replace('/', '_');
        }
    }
}
