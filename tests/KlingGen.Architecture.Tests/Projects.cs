namespace KlingGen.Architecture.Tests;

/// <summary>
/// The projects whose folders are layers, and their assemblies, which the build copies beside the tests. KlingGen.Kling is not among them: all its
/// code is emitted.
/// </summary>
internal static class Projects
{
    private static readonly Dictionary<string, string> OfSolution = new()
    {
        ["generator/KlingGen.Core"] = "KlingGen.Core.dll",
        ["generator/KlingGen.Generator"] = "KlingGen.Generator.dll",
        ["generator/KlingGen.CodeFixes"] = "KlingGen.CodeFixes.dll",
        ["generator/KlingGen.Cli"] = "klinggen.dll",
        ["runtime/KlingGen.Runtime"] = "KlingGen.Runtime.dll",
        ["runtime/KlingGen.Emulator"] = "KlingGen.Emulator.dll",
        ["runtime/KlingGen.AspNetCore"] = "KlingGen.AspNetCore.dll",
        ["runtime/KlingGen.Extensions"] = "KlingGen.Extensions.dll",
        ["runtime/KlingGen.Platform"] = "KlingGen.Platform.dll",
        ["runtime/KlingGen.Webhooks"] = "KlingGen.Webhooks.dll",
        ["runtime/KlingGen.Testing"] = "KlingGen.Testing.dll",
        ["runtime/KlingGen.AI"] = "KlingGen.AI.dll",
        ["runtime/KlingGen.Jobs"] = "KlingGen.Jobs.dll",
        ["runtime/KlingGen.Jobs.Sqlite"] = "KlingGen.Jobs.Sqlite.dll",
        ["runtime/KlingGen.Jobs.PostgreSql"] = "KlingGen.Jobs.PostgreSql.dll",
    };

    // They need packages of Aspire and Orleans, so only the project in tests/Integration.sln builds them; it links these tests.
    private static readonly Dictionary<string, string> OfIntegration = new()
    {
        ["runtime/KlingGen.Aspire.Hosting"] = "KlingGen.Aspire.Hosting.dll",
        ["runtime/KlingGen.Jobs.Orleans"] = "KlingGen.Jobs.Orleans.dll",
    };

    /// <summary>Every project.</summary>
    public static IEnumerable<string> All => OfSolution.Keys.Concat(OfIntegration.Keys);

    /// <summary>The projects whose assemblies are beside the tests.</summary>
    public static IReadOnlyDictionary<string, string> Assemblies { get; } =
#if INTEGRATION
        OfSolution.Concat(OfIntegration).ToDictionary();
#else
        OfSolution;
#endif

    public static string PathOf(string project) => Path.Combine(AppContext.BaseDirectory, Assemblies[project]);
}
