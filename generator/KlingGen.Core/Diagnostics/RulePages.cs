namespace KlingGen.Diagnostics;

/// <summary>Where the pages of the diagnostics are. The compiler itself reports one of them, by what the emitted code says.</summary>
internal static class RulePages
{
    public const string Base = RepositoryLinks.Files + "generator/docs/rules/";

    /// <summary>The diagnostic of a member that fal has deprecated.</summary>
    public const string Deprecated = "KLG115";
}
