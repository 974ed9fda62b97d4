namespace KlingGen.Cli.Tests.Harness;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Root = Directory.CreateTempSubdirectory("klinggen-cli-").FullName;

    public string Root { get; }

    public string At(string path) => Path.Combine(Root, path);

    public string Write(string path, string text)
    {
        var full = At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public string Read(string path) => File.ReadAllText(At(path));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
