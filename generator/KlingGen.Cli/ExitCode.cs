namespace KlingGen.Cli;

/// <summary>What a script learns from the tool. The words stand in the root's help and in docs/CLI.md.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing to complain about.</summary>
    public const int Fine = 0;

    /// <summary>Done, and there is something to complain about: a faulty document, a difference, a refused request.</summary>
    public const int ProblemsFound = 1;

    /// <summary>Not done: wrong usage, a file that cannot be read, a server that cannot be reached.</summary>
    public const int CouldNot = 2;

    /// <summary>Ended by Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}
