namespace KlingGen.CodeFixes;

/// <summary>The diagnostics that have fixes.</summary>
internal static class FixIds
{
    public const string NumberRange = "KLG102";
    public const string UndefinedValue = "KLG107";
    public const string NoUrl = "KLG108";
    public const string ExcludedMember = "KLG111";
    public const string MissingMember = "KLG112";
    public const string ServerDefault = "KLG114";
    public const string Deprecated = "KLG115";
    public const string NoFilePath = "KLG116";
    public const string NumberForEnum = "KLG117";
    public const string KeyInSource = "KLG201";
    public const string TokenNotPassed = "KLG204";

    /// <summary>The compiler's own: no implicit conversion, for a value, an argument, and the operands of <c>??</c> and <c>?:</c>.</summary>
    public const string NoConversion = "CS0029", OnlyExplicitConversion = "CS0266", NoArgumentConversion = "CS1503", NoOperator = "CS0019",
        NoCommonType = "CS0173";

    /// <summary>The compiler's own: no arm of a <c>switch</c> expression decides its type; a required member is missing.</summary>
    public const string NoBestType = "CS8506", RequiredMember = "CS9035";
}
