namespace KlingGen.Diagnostics;

/// <summary>The URLs of the pages of the diagnostics. The compiler reports one of them through an attribute in emitted code.</summary>
internal static class RulePages
{
    public const string Base = RepositoryLinks.Files + "generator/docs/rules/";

    /// <summary>The diagnostic of a member that fal has deprecated.</summary>
    public const string Deprecated = "KLG115";
}
