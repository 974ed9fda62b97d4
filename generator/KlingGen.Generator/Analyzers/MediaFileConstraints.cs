using System;
using System.Globalization;
using KlingGen.Model;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>What a file must be, as far as its name, its size and its pixels show. Only what every reading of the limits refuses is a problem.</summary>
internal sealed class MediaFileConstraints(AttributeData attribute)
{
    private const double RatioSlack = 0.005;

    private readonly MediaKind _kind
        = attribute.ConstructorArguments is [var kind] && Enum.TryParse<MediaKind>(MemberConstraints.NameOf(kind), out var known) ? known
            : MediaKind.Any;

    /// <returns>What is wrong, in the words that follow the member's name; null if nothing is.</returns>
    public string? Judge(string path, FileFacts facts)
    {
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        if (JudgeKind(path, name) is { } wrongKind) return wrongKind;
        if (!facts.TryGet(path, out var known)) return null;
        return JudgeContent(path, name, known.Width, known.Height)
            ?? JudgeBytes(name, known.Bytes)
            ?? JudgePixels(name, known.Width, known.Height, isTurnable: FileKinds.Of(path) is not "image/png");
    }

    /// <summary>The build reads the pixels of these types: a file without any is no picture, whatever its name says.</summary>
    private string? JudgeContent(string path, string name, int width, int height)
        => _kind == MediaKind.Image && width <= 0 && height <= 0 && FileKinds.Of(path) is ("image/png" or "image/jpeg" or "image/gif" or "image/webp")
            ? $"must be an image, but the content of {name} is none"
            : null;

    private string? JudgeKind(string path, string name)
    {
        if (FileKinds.Of(path) is not { } type) return null;
        var extensions = MemberConstraints.Named(attribute, "Extensions") as string;
        if (IsRightKind(type) && HasRightExtension(path, type, extensions)) return null;
        var word = _kind switch { MediaKind.Image => "image", MediaKind.Video => "video", MediaKind.Audio => "sound", _ => "file" };
        return $"must be {(extensions is null ? "of type " + word : "one of " + string.Join(", ", Split(extensions)))}, but {name} is {type}";
    }

    private bool IsRightKind(string type) => _kind switch
    {
        MediaKind.Image => type.StartsWith("image/", StringComparison.Ordinal),
        MediaKind.Video
            => !type.StartsWith("audio/", StringComparison.Ordinal)
                && (!type.StartsWith("image/", StringComparison.Ordinal) || type is "image/gif" or "image/webp" or "image/avif"),
        MediaKind.Audio => !type.StartsWith("image/", StringComparison.Ordinal),
        _ => true,
    };

    private static bool HasRightExtension(string path, string type, string? extensions)
    {
        if (extensions is null) return true;
        var own = FileKinds.Extension(path);
        foreach (var extension in Split(extensions))
        {
            // A permitted ending of which nothing is known may mean the same container; so do .mp4 and .m4a.
            if (extension.Equals(own, StringComparison.OrdinalIgnoreCase) || FileKinds.Of("x" + extension) is not { } permitted || permitted == type || (IsMovie(permitted) && IsMovie(type))) return true;
        }

        return false;
    }

    private static bool IsMovie(string type) => type is "video/mp4" or "audio/mp4" or "video/quicktime";

    private string? JudgeBytes(string name, long bytes)
    {
        if (Limit("MaxBytes") is > 0 and var max && bytes > max) return $"must have at most {Size((long)max)}, but {name} has {Size(bytes)}";
        return Limit("MinBytes") is > 0 and var min && bytes < min ? $"must have at least {Size((long)min)}, but {name} has {Size(bytes)}" : null;
    }

    private string? JudgePixels(string name, int width, int height, bool isTurnable)
    {
        if (width <= 0 || height <= 0) return null;
        var but = string.Format(CultureInfo.InvariantCulture, ", but {0} is {1}×{2}", name, width, height);

        // A photo may be stored turned; which of the two its reader sees is not known here.
        bool Breaks(Func<int, int, bool> broken) => broken(width, height) && (!isTurnable || broken(height, width));
        var (minWidth, minHeight, maxWidth, maxHeight) = (Limit("MinWidth"), Limit("MinHeight"), Limit("MaxWidth"), Limit("MaxHeight"));
        if (Breaks((w, h) => w < minWidth || h < minHeight)) return "must be at least " + Pixels(minWidth, minHeight) + but;
        if (Breaks((w, h) => (maxWidth > 0 && w > maxWidth) || (maxHeight > 0 && h > maxHeight))) return "must be at most " + Pixels(maxWidth, maxHeight) + but;
        if (Limit("MaxPixels") is > 0 and var pixels && (long)width * height > pixels) return $"must have at most {Wording.Text(pixels)} pixels{but}";
        var (low, high) = (Limit("MinAspectRatio"), Limit("MaxAspectRatio"));
        return Breaks((w, h) => (low > 0 && (double)w / h < low - RatioSlack) || (high > 0 && (double)w / h > high + RatioSlack))
            ? $"must be {Wording.Range(low > 0 ? low : double.NegativeInfinity, false, high > 0 ? high : double.PositiveInfinity, false)} times as wide as high{but}"
            : null;
    }

    private double Limit(string name) => MemberConstraints.Named(attribute, name) switch
    {
        int number => number,
        long number => number,
        double number => number,
        _ => 0,
    };

    private static string Pixels(double width, double height) => (width > 0, height > 0) switch
    {
        (true, true) => $"{Wording.Text(width)}×{Wording.Text(height)} pixels",
        (true, false) => $"{Wording.Text(width)} pixels wide",
        _ => $"{Wording.Text(height)} pixels high",
    };

    private static string Size(long bytes) => bytes switch
    {
        < 10 * 1024 => string.Format(CultureInfo.InvariantCulture, "{0} bytes", bytes),
        < 10 * 1024 * 1024 => string.Format(CultureInfo.InvariantCulture, "{0:0.#} KiB", bytes / 1024.0),
        _ => string.Format(CultureInfo.InvariantCulture, "{0:0.#} MiB", bytes / (1024.0 * 1024)),
    };

    private static string[] Split(string extensions) => extensions.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries);
}
