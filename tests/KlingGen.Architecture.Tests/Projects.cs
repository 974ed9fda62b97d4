namespace KlingGen.Architecture.Tests;

/// <summary>The projects whose folders are layers, and their assemblies, which the build copies beside the tests.</summary>
internal static class Projects
{
    public static IReadOnlyDictionary<string, string> Assemblies { get; } = new Dictionary<string, string>
    {
        ["generator/KlingGen.Core"] = "KlingGen.Core.dll",
        ["generator/KlingGen.Cli"] = "klinggen.dll",
        ["runtime/KlingGen.Emulator"] = "KlingGen.Emulator.dll",
        ["runtime/KlingGen.AspNetCore"] = "KlingGen.AspNetCore.dll",
    };

    public static string PathOf(string project) => Path.Combine(AppContext.BaseDirectory, Assemblies[project]);
}
