using System.Globalization;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>
/// How many random documents a mutation test runs. The short form is the default; the environment variable KLINGGEN_ROUNDS makes it longer, and
/// KLINGGEN_SEED lets another run start at another seed.
/// </summary>
internal static class Rounds
{
    private const int Short = 200;

    public static int Count => Read("KLINGGEN_ROUNDS", Short);

    public static int FirstSeed => Read("KLINGGEN_SEED", 0);

    private static int Read(string variable, int otherwise)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
