namespace KlingGen.Cli.Common;

/// <summary>The exit codes of the tool, as its help and docs/CLI.md list them.</summary>
internal static class ExitCode
{
    /// <summary>The command ran and found no problem.</summary>
    public const int Success = 0;

    /// <summary>The command ran and found problems: an invalid document, a breaking change, a refused request.</summary>
    public const int ProblemsFound = 1;

    /// <summary>The command could not run: wrong usage, an unreadable file, an unreachable server.</summary>
    public const int Failed = 2;

    /// <summary>Ctrl-C ended the command; shells use this code for SIGINT.</summary>
    public const int Interrupted = 130;
}
