using System.Text;

namespace KlingGen.Benchmarks;

/// <summary>The documents that are measured: genuine ones where KLINGGEN_TESTDATA names them, else the repository's own.</summary>
internal static class Documents
{
    private static readonly string? GenuineFolder = Environment.GetEnvironmentVariable("KLINGGEN_TESTDATA") is { Length: > 0 } folder
        ? Path.Combine(folder, "corpus", "current") : null;

    public static readonly IReadOnlyList<(string Key, string Text)> All = [.. Read()];

    /// <summary>Of middling size: half are larger.</summary>
    public static readonly (string Key, string Text) Median = All.OrderBy(document => document.Text.Length).ElementAt(All.Count / 2);

    /// <summary>What they are, for the page.</summary>
    public static readonly string Origin = GenuineFolder is null
        ? $"the {All.Count} documents of this repository, repeated where there are too few" : $"{All.Count} genuine documents of fal";

    /// <summary>As many as asked for; the same ones again under other names where there are too few.</summary>
    public static IEnumerable<(string Key, string Text)> Take(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (key, text) = All[i % All.Count];
            var round = i / All.Count;
            yield return round == 0
                ? (key, text)
                : ("copy" + round + "/" + key, text.Replace(key, "copy" + round + "/" + key, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string Key, string Text)> Read()
    {
        var root = GenuineFolder ?? Repository.Specs;
        foreach (var path in Directory.GetFiles(root, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (path.EndsWith(".overlay.json", StringComparison.Ordinal)) continue;
            var key = Path.ChangeExtension(Path.GetRelativePath(root, path), null).Replace('\\', '/').Replace("__", "/", StringComparison.Ordinal);
            yield return (key, File.ReadAllText(path, Encoding.UTF8));
        }
    }
}
