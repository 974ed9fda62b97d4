using System.Globalization;

namespace KlingGen.Testing;

/// <summary>
/// How much a test over random input runs: a short form by default, the full form where KLINGGEN_LONG is 1, and any number of rounds with
/// KLINGGEN_ROUNDS. KLINGGEN_SEED lets another run start at another seed.
/// </summary>
internal static class Rounds
{
    private const int Short = 200;
    private const int Full = 5000;

    /// <summary>True for the full forms of long tests.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("KLINGGEN_LONG") == "1";

    public static int Count => CountOr(Short);

    /// <summary>The same for a test whose rounds are slow, with a short form of its own.</summary>
    public static int CountOr(int shortForm) => Read("KLINGGEN_ROUNDS", IsLong ? Full : shortForm);

    public static int FirstSeed => Read("KLINGGEN_SEED", 0);

    private static int Read(string variable, int otherwise)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
