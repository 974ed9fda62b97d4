namespace Fal.Emulation;

/// <summary>JSON Pointer (RFC 6901), as far as local references use it.</summary>
internal static class JsonPointer
{
    /// <summary>Decodes one reference token.</summary>
    public static string Unescape(string token) => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
