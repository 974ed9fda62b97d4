namespace KlingGen.Cli.Common;

/// <summary>Atomic file writes: a temporary file in the same folder, then a rename.</summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _draft;

    /// <summary>Begins a file. It is there after <see cref="Commit"/>; without it, nothing is left behind.</summary>
    public AtomicFile(string path)
    {
        _path = path;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        _draft = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        Stream = new FileStream(_draft, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Takes the content.</summary>
    public FileStream Stream { get; }

    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new AtomicFile(path);
        file.Stream.Write(bytes);
        file.Commit();
    }

    /// <summary>Puts the file in its place.</summary>
    public void Commit()
    {
        Stream.Dispose();
        File.Move(_draft, _path, overwrite: true);
    }

    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(_draft);
    }
}
