using System.Reflection;

namespace Fal.Emulation;

/// <summary>The bundled documents and overlays, by their path below <c>specs/</c>.</summary>
public static class FalBundledSpecs
{
    private const string Prefix = "specs/";
    private static readonly Assembly Home = typeof(FalBundledSpecs).Assembly;

    /// <summary>All paths, such as <c>fal-ai/kling-video/v1.6/pro/image-to-video.json</c>, overlays included, in ordinal order.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Home.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal)];

    /// <summary>Gets the content of one file.</summary>
    /// <param name="path">A path from <see cref="Paths"/>.</param>
    /// <exception cref="ArgumentException">No file has this path.</exception>
    public static string Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var stream = Home.GetManifestResourceStream(Prefix + path)
            ?? throw new ArgumentException($"No bundled document is called '{path}'.", nameof(path));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
