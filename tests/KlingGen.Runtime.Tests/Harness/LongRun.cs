namespace Fal.Tests.Harness;

/// <summary>Whether the long form of a proof runs: every round, every kill. The short form runs by default and takes seconds.</summary>
internal static class LongRun
{
    public static bool IsOn => Environment.GetEnvironmentVariable("KLINGGEN_LONG") == "1";

    /// <summary>The number of rounds.</summary>
    public static int Rounds(int usual, int @long) => IsOn ? @long : usual;
}
