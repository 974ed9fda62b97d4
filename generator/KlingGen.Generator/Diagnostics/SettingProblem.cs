namespace KlingGen.Diagnostics;

internal enum SettingProblemKind
{
    LanguageTooOld,
    BadSetting,
    IdlePattern,
}

/// <summary>What is wrong with the project's settings, which have no line of their own.</summary>
/// <param name="Kind">Which rule it breaks.</param>
/// <param name="Argument">What the rule's message names; empty if nothing.</param>
/// <param name="Hint">What follows the message, such as the nearest name; empty if nothing.</param>
internal sealed record SettingProblem(SettingProblemKind Kind, string Argument = "", string Hint = "");
