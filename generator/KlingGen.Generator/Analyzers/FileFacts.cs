using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>
/// What the build found out about the project's media files. An analyzer must not open files, so the package's targets
/// do, and hand over a list: a line per file with its path below the project, its bytes, its width and its height (0
/// where unknown), separated by tabs.
/// </summary>
internal sealed class FileFacts
{
    public const string FileName = "fal-media-facts.txt";

    private readonly Dictionary<string, (long Bytes, int Width, int Height)> _files = new(StringComparer.OrdinalIgnoreCase);

    private FileFacts()
    {
    }

    public static FileFacts Read(ImmutableArray<AdditionalText> files, CancellationToken cancellation)
    {
        var facts = new FileFacts();
        foreach (var file in files)
        {
            if (!Path.GetFileName(file.Path).Equals(FileName, StringComparison.Ordinal) || file.GetText(cancellation) is not { } text) continue;
            foreach (var line in text.Lines) facts.Add(line.ToString());
        }

        return facts;
    }

    /// <returns>False for a file that the build did not see.</returns>
    public bool TryGet(string path, out (long Bytes, int Width, int Height) facts) => _files.TryGetValue(Normal(path), out facts);

    private void Add(string line)
    {
        if (line.Split('\t') is [var path, var bytes, var width, var height] && Number(bytes) is { } size && Number(width) is { } wide
            && Number(height) is { } high)
            _files[Normal(path)] = (size, (int)wide, (int)high);
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Normal(string path)
    {
        path = path.Replace('\\', '/');
        return path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path;
    }
}
