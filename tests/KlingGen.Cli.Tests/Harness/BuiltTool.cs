namespace KlingGen.Cli.Tests.Harness;

/// <summary>The tool as it was built, for tests that start it as a process.</summary>
internal static class BuiltTool
{
    /// <summary>
    /// The tool in its own folder, which has the libraries of its own framework. The copy beside the tests lacks those that the framework of the
    /// tests has already.
    /// </summary>
    public static readonly string File = Repository.At(
        "generator", "KlingGen.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net8.0", "klinggen.dll");
}
