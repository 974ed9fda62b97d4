using System.Text;
using KlingGen.Emission;

namespace KlingGen.Cli.Emitting;

/// <summary>
/// A folder of emitted files: brought up to date, or compared. Nothing outside it is written, nothing in it that is not KlingGen's is touched.
/// </summary>
internal sealed class OutputFolder
{
    private const string Ending = ".g.cs";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;

    /// <exception cref="ToolException">The path leads somewhere else, or to a file.</exception>
    public OutputFolder(string path)
    {
        _path = Path.GetFullPath(path);
        var folder = new DirectoryInfo(_path);
        if (folder.LinkTarget is not null) throw new ToolException($"'{path}' is a link to another place; name the folder itself.");
        if (File.Exists(_path)) throw new ToolException($"'{path}' is a file; name a folder.");
    }

    /// <summary>The differences between the folder and the files.</summary>
    /// <param name="Missing">Files that are not there.</param>
    /// <param name="Different">Files with other content.</param>
    /// <param name="Stale">Emitted files that no document emits any more.</param>
    /// <param name="Same">How many files are as they should be.</param>
    public sealed record Difference(IReadOnlyList<string> Missing, IReadOnlyList<string> Different, IReadOnlyList<string> Stale, int Same)
    {
        public bool IsNone => Missing.Count + Different.Count + Stale.Count == 0;
    }

    /// <exception cref="ToolException">A file that was not emitted exists at the path.</exception>
    public Difference Compare(IReadOnlyList<SourceFile> files)
    {
        var (missing, different, same) = (new List<string>(), new List<string>(), 0);
        foreach (var file in files)
        {
            var path = PathOf(file.HintName);
            if (new FileInfo(path).LinkTarget is not null) throw new ToolException($"'{path}' is a link to another file; remove it.");
            if (!File.Exists(path)) missing.Add(file.HintName);
            else if (File.ReadAllText(path) is var text && text == file.Text) same++;
            else if (IsOurs(text)) different.Add(file.HintName);
            else throw new ToolException($"'{path}' was not written by KlingGen, and would be overwritten; move it away.");
        }

        return new Difference(missing, different, Stale(files), same);
    }

    /// <summary>Writes what is missing or different and removes what is stale; each file is there wholly or not at all.</summary>
    public void Update(IReadOnlyList<SourceFile> files, Difference difference)
    {
        Directory.CreateDirectory(_path);
        var wanted = difference.Missing.Concat(difference.Different).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files.Where(file => wanted.Contains(file.HintName))) AtomicFile.Write(PathOf(file.HintName), Utf8.GetBytes(file.Text));
        foreach (var name in difference.Stale) File.Delete(PathOf(name));
    }

    private List<string> Stale(IReadOnlyList<SourceFile> files)
    {
        if (!Directory.Exists(_path)) return [];
        var wanted = files.Select(file => file.HintName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. new DirectoryInfo(_path).EnumerateFiles("*" + Ending)
                .Where(file => !wanted.Contains(file.Name) && file.LinkTarget is null && IsOurs(File.ReadAllText(file.FullName)))
                .Select(file => file.Name).Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsOurs(string text) => FileEmitter.IsEmitted(text);

    /// <summary>Core's names are plain file names; should one ever not be, nothing is written.</summary>
    private string PathOf(string name)
        => Path.GetFileName(name) == name && name is not ("." or "..")
            ? Path.Combine(_path, name)
            : throw new ToolException($"'{name}' is not a file name.");
}
