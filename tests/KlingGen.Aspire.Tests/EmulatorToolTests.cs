using Aspire.Hosting;

namespace KlingGen.Aspire.Tests;

/// <summary>Where the AppHost finds the tool.</summary>
public sealed class EmulatorToolTests : IDisposable
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "klinggen.exe" : "klinggen";
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-aspire-").FullName;

    private string AppHost => Path.Combine(_folder, "src", "AppHost");

    public EmulatorToolTests() => Directory.CreateDirectory(AppHost);

    [Fact]
    public void Find_prefers_the_given_path()
    {
        var tool = Write("tools", FileName);
        WriteManifest(".config");
        Assert.Equal(tool, EmulatorTool.Find(Path.Combine("..", "..", "tools", FileName), AppHost, null)!.Command);
    }

    [Fact]
    public void Find_does_not_look_elsewhere_if_the_given_path_is_wrong()
    {
        WriteManifest(".config");
        Assert.Null(EmulatorTool.Find("missing", AppHost, null));
        Assert.Contains("dotnet tool install KlingGen.Cli", EmulatorTool.NotFound("missing"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".config")]
    [InlineData(".")]
    public void Find_uses_a_tool_manifest_above_the_folder(string place)
    {
        var onPath = Write("path", FileName);
        WriteManifest(place);
        var tool = EmulatorTool.Find(null, AppHost, Path.GetDirectoryName(onPath))!;
        Assert.Equal("dotnet", tool.Command);
        Assert.Equal(["tool", "run", "klinggen", "--"], tool.Arguments);
    }

    [Theory]
    [InlineData("""{"version":1,"isRoot":true,"tools":{}}""")]
    [InlineData("""{"version":1,"tools":{"docfx":{"version":"1.0.0","commands":["docfx"]}}}""")]
    [InlineData("{")]
    public void Find_falls_back_to_PATH_where_no_manifest_names_the_tool(string manifest)
    {
        var onPath = Write("path", FileName);
        File.WriteAllText(Path.Combine(AppHost, "dotnet-tools.json"), manifest);
        var searchPath = string.Join(Path.PathSeparator, Path.Combine(_folder, "empty"), Path.GetDirectoryName(onPath));
        Assert.Equal(onPath, EmulatorTool.Find(null, AppHost, searchPath)!.Command);
    }

    [Fact]
    public void Find_returns_null_where_there_is_no_tool()
    {
        Assert.Null(EmulatorTool.Find(null, AppHost, Path.Combine(_folder, "empty")));
        Assert.Contains("dotnet tool install KlingGen.Cli", EmulatorTool.NotFound(null), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteManifest(string place)
    {
        var folder = Path.Combine(_folder, place);
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "dotnet-tools.json"),
            """{"version":1,"isRoot":true,"tools":{"KlingGen.Cli":{"version":"0.1.0","commands":["klinggen"]}}}""");
    }

    private string Write(params string[] path)
    {
        var file = Path.Combine([_folder, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
