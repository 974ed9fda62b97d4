namespace KlingGen.CodeFixes;

/// <summary>The diagnostics that have fixes, by what there is to mend.</summary>
internal static class FixIds
{
    public const string NumberRange = "KLG102";
    public const string UndefinedValue = "KLG107";
    public const string NoUrl = "KLG108";
    public const string ExcludedMember = "KLG111";
    public const string MissingMember = "KLG112";
    public const string ServerDefault = "KLG114";
    public const string Deprecated = "KLG115";
    public const string KeyInSource = "KLG201";
    public const string TokenNotPassed = "KLG204";

    /// <summary>The compiler's own: no implicit conversion; none, but an explicit one; a required member that is missing.</summary>
    public const string NoConversion = "CS0029", OnlyExplicitConversion = "CS0266", RequiredMember = "CS9035";
}
