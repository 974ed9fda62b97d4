using System.Runtime.InteropServices;

namespace KlingGen.Benchmarks;

/// <summary>The <c>dotnet</c> command of the runtime that this process runs on.</summary>
internal static class Dotnet
{
    public static string Path { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
