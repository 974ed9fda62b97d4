namespace KlingGen.Architecture.Tests;

/// <summary>The projects whose folders are layers, and their assemblies, which the build copies beside the tests.</summary>
internal static class Projects
{
    public static IReadOnlyDictionary<string, string> Assemblies { get; } = new Dictionary<string, string>
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
        ["runtime/KlingGen.Testing"] = "KlingGen.Testing.dll",
        ["runtime/KlingGen.AI"] = "KlingGen.AI.dll",
        ["runtime/KlingGen.Jobs"] = "KlingGen.Jobs.dll",
        ["runtime/KlingGen.Jobs.Sqlite"] = "KlingGen.Jobs.Sqlite.dll",
        ["runtime/KlingGen.Jobs.PostgreSql"] = "KlingGen.Jobs.PostgreSql.dll",
    };

    public static string PathOf(string project) => Path.Combine(AppContext.BaseDirectory, Assemblies[project]);
}
