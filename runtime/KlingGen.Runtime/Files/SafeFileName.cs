using System.Globalization;
using System.Text;
using KlingGen.Checks;

namespace Fal.Media;

/// <summary>
/// Converts an untrusted string to a safe file name. The result is never a path, a device name or a hidden file, and is valid
/// on every common system.
/// </summary>
internal static class SafeFileName
{
    private const int Longest = 120;
    private const int LongestExtension = 16;

    /// <summary>A safe form of <paramref name="name"/>; null if nothing of it remains.</summary>
    public static string? FromName(string? name)
    {
        if (string.IsNullOrEmpty(name)) return null;
        // Only the part after the last separator of any operating system is used.
        name = name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        var text = new StringBuilder(Math.Min(name.Length, 4 * Longest));
        foreach (var rune in name.EnumerateRunes())
        {
            if (text.Length >= 4 * Longest) break;
            AppendSafe(text, rune);
        }
        var safe = text.ToString().Normalize(NormalizationForm.FormC).Trim(' ', '.');
        safe = Shorten(safe);
        if (safe.Length == 0) return null;
        return IsDevice(safe) ? "_" + safe : safe;
    }

    /// <summary>The name for a saved file: its own, else the last segment of its URL; with an extension for its content type.</summary>
    public static string ForDownload(FalFile file, string? contentType)
    {
        var name = FromName(file.FileName) ?? FromName(LastSegment(file.Url)) ?? "file";
        if (Path.HasExtension(name)) return name;
        var type = file.ContentType ?? contentType;
        return type is null ? name : name + ContentTypeTable.ExtensionOf(type);
    }

    /// <summary>The last segment of a URL's path, unescaped; null if there is none.</summary>
    private static string? LastSegment(string url)
    {
        if (DataUri.Is(url) || !Uri.TryCreate(url, UriKind.Absolute, out var uri)) return null;
        var path = uri.AbsolutePath;
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }

    // Control and bidirectional characters would display another name than the real one; an unpaired surrogate cannot be stored on disk.
    private static void AppendSafe(StringBuilder text, Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned:
                return;
            default:
                if (rune == Rune.ReplacementChar) return;
                text.Append(rune.Value is ':' or '*' or '?' or '"' or '<' or '>' or '|' ? "_" : rune.ToString());
                return;
        }
    }

    // File systems count bytes: the common maximum for a name is 255, and a suffix must still fit.
    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= Longest) return name;
        var extension = Path.GetExtension(name);
        if (Encoding.UTF8.GetByteCount(extension) > LongestExtension) extension = "";
        var room = Longest - Encoding.UTF8.GetByteCount(extension);
        var text = new StringBuilder();
        foreach (var rune in name.AsSpan(0, name.Length - extension.Length).EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0) break;
            text.Append(rune.ToString());
        }
        return text.ToString().TrimEnd(' ', '.') + extension;
    }

    // Windows reserves these names for devices, with any extension.
    private static bool IsDevice(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ').ToUpperInvariant();
        if (stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$" or "CLOCK$") return true;
        return stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
            && stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3';
    }
}
