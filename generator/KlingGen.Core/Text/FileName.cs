using System;
using System.Text;

namespace KlingGen.Text;

/// <summary>
/// File names for emitted text: letters, digits, dots, underscores and hyphens of ASCII, the same on every system, never a path. What was
/// lost on the way is replaced by a hash of the whole, so that two ids do not meet in one name.
/// </summary>
internal static class FileName
{
    /// <summary>The longest name returned; an extension comes on top.</summary>
    public const int MaxLength = 120;

    private const int HashLength = 12;

    /// <summary>
    /// For an endpoint id: <c>fal-ai/kling-video/v1.6/pro</c> gives <c>fal-ai.kling-video.v1.6.pro</c>. A hash follows where the id
    /// cannot be read back from the name.
    /// </summary>
    public static string ForEndpoint(string id)
    {
        var name = Sanitize(id.Replace('/', '.'));
        return name.Length <= MaxLength && ReadBack(name) == id ? name : WithHash(name, id);
    }

    /// <summary>For the full name of a type. Names that differ in case only give names that differ in case only.</summary>
    public static string ForType(string fullName)
    {
        var name = Sanitize(fullName);
        return name.Length <= MaxLength && name == fullName ? name : WithHash(name, fullName);
    }

    /// <summary>The name with a hash in any case: for ids that would otherwise meet.</summary>
    public static string WithHash(string id) => WithHash(Sanitize(id.Replace('/', '.')), id);

    private static string WithHash(string name, string id)
    {
        var kept = name.Length > MaxLength - HashLength - 1 ? name.Substring(0, MaxLength - HashLength - 1) : name;
        return kept.TrimEnd('.') + "-" + Hash(id);
    }

    private static string Sanitize(string text)
    {
        var name = new StringBuilder(Math.Min(text.Length, MaxLength + 1) + 1);
        foreach (var c in text)
        {
            if (name.Length > MaxLength) break;
            var kept = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' ? c : '_';
            if (kept == '.' && (name.Length == 0 || name[name.Length - 1] == '.')) continue;
            name.Append(kept);
        }

        while (name.Length > 0 && name[name.Length - 1] == '.') name.Length--;
        if (name.Length == 0 || name[0] == '-' || IsDevice(name.ToString())) name.Insert(0, '_');
        return name.ToString();
    }

    // Windows opens a device for these whatever extension follows.
    private static bool IsDevice(string name)
    {
        var dot = name.IndexOf('.');
        var stem = (dot < 0 ? name : name.Substring(0, dot)).ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && stem[3] is >= '0' and <= '9'
                && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)));
    }

    // A dot between two digits belongs to a version; every other one was a slash. Upper case never comes back: names are compared without it.
    private static string ReadBack(string name)
    {
        var id = new StringBuilder(name);
        for (var i = 1; i < id.Length - 1; i++)
        {
            if (name[i] == '.' && !(name[i - 1] is >= '0' and <= '9' && name[i + 1] is >= '0' and <= '9')) id[i] = '/';
        }

        return id.ToString().ToLowerInvariant();
    }

    // FNV-1a: stable across hosts and versions, which string.GetHashCode is not.
    private static string Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ (byte)c) * 1099511628211UL;
            hash = (hash ^ (byte)(c >> 8)) * 1099511628211UL;
        }

        return (hash ^ (hash >> 48)).ToString("x16", System.Globalization.CultureInfo.InvariantCulture).Substring(16 - HashLength);
    }
}
