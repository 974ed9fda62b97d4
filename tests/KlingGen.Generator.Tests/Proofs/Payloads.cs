namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Texts that have broken out of other generators' output, and some that try ours.</summary>
internal static class Payloads
{
    private const string Attack = "class KlingPwn{[System.Runtime.CompilerServices.ModuleInitializer]internal static void M(){}}//";

    /// <summary>Words that break nothing: what a poisoned document is compared with.</summary>
    public const string Neutral = "plain words here";

    public static readonly string[] Short =
    [
        "\r" + Attack, "\n" + Attack, "\u0085" + Attack, "\u2028" + Attack, "\u2029" + Attack,
        "\")] " + Attack, "*/ " + Attack, "\"\"\"\n" + Attack, "\"\"\"\"\n" + Attack, "\"; } " + Attack, "'; " + Attack,
        "{x}", "{{x}}", "{0}%s", "\\u0022); " + Attack, "\\", "\"", "\\\"", "</summary>" + Attack, "<!-- ", "]]>", "&#10;"
            + Attack, "<see cref=\"T:System.Object\"/>",
        "\n#line 1 \"x\"", "\n#pragma warning disable\n", "\r\n#if true\r\n" + Attack + "\r\n#endif", "\0", "a\0b", "\u202E"
            + Attack, "\uFEFF", "\uD800", "\uDC00\uD800", "\uFFFF",
        "/*obsolete*/", "[Obsolete(\"fal\")]", "[Obsolete(", "[System.Runtime.CompilerServices.ModuleInitializer]",
        "JsonElement StringBuilder Int128", "..", "../../x", "C:\\x", "CON", " ",
        "`code` **bold** [x](http://a/\"onload=) [y](https://b/>)", "- one\n- two\n\n* three",
        "]\n[assembly: System.Reflection.AssemblyTitle(\"x\")]", "u8", "\"u8", "@class", "class", "_",
    ];

    public static readonly string Megabyte = new('a', 1024 * 1024);

    /// <summary>Half of it hidden from a reader that looks at the beginning only.</summary>
    public static readonly string LateMegabyte = new string('a', 1024 * 1024) + "\n" + Attack;

    /// <summary>As JSON, with everything that is not plain ASCII escaped, lone surrogates too.</summary>
    public static string Json(string text)
    {
        var json = new System.Text.StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is >= ' ' and <= '~' and not '"' and not '\\') json.Append(c);
            else json.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
        }

        return json.Append('"').ToString();
    }
}
