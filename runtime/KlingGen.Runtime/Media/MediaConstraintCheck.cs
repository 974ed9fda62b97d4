using System.Globalization;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Media;

/// <summary>
/// Holds what a file says about itself against what an endpoint limits. Only what the server would refuse is a problem: what is not known
/// passes, and so does what is wrong under one reading only.
/// </summary>
internal sealed class MediaConstraintCheck(string path, FalMedia media, MediaFacts facts, FalMediaConstraints constraints)
{
    // Containers round: a film of ten seconds may say 10.02.
    private const double DurationSlack = 0.05;
    private const double RateSlack = 0.05;
    private const double RatioSlack = 0.005;

    private readonly List<FalProblem> _problems = [];

    /// <summary>Everything that is wrong.</summary>
    public static IReadOnlyList<FalProblem> Run(string path, FalMedia media, MediaFacts facts, FalMediaConstraints constraints)
    {
        var check = new MediaConstraintCheck(path, media, facts, constraints);
        // A file of the wrong sort breaks other limits as a consequence; saying so helps nobody.
        if (!check.Format()) return check._problems;
        check.Bytes();
        check.Size();
        check.Duration();
        check.FrameRate();
        return check._problems;
    }

    private string Word => ContentTypes.KindOf(facts.ContentType) switch
    {
        FalMediaKind.Video => "video",
        FalMediaKind.Audio => "audio",
        FalMediaKind.Image => "image",
        _ => constraints.Kind switch { FalMediaKind.Video => "video", FalMediaKind.Audio => "audio", FalMediaKind.Image => "image", _ => "file" },
    };

    private bool Format()
    {
        if (IsRightKind() && HasRightExtension()) return true;
        var word = constraints.Kind switch { FalMediaKind.Video
            => "video", FalMediaKind.Audio => "audio", FalMediaKind.Image => "image", _ => "file" };
        var wanted = constraints.Extensions is { } extensions ? string.Join(", ", Split(extensions)) : word == "audio" ? "sound" : word;
        var article = constraints.Extensions is null ? "of type " : "one of ";
        Add($"unsupported_{word}_format", $"must be {article}{wanted}, but {media} is {Found}", json =>
        {
            json.WriteStartArray("supported_formats"u8);
            foreach (var extension in Split(constraints.Extensions ?? "")) json.WriteStringValue(extension.TrimStart('.'));
            json.WriteEndArray();
        });
        return false;
    }

    private string Found => facts.Declared is { } declared ? $"{declared}, as declared" : facts.ContentType ?? "something else";

    // Moving pictures in image formats are taken as video by some endpoints, and sound inside of a film as sound.
    private bool IsRightKind() => (constraints.Kind, ContentTypes.KindOf(facts.ContentType)) switch
    {
        (FalMediaKind.Image, FalMediaKind.Video or FalMediaKind.Audio) => false,
        (FalMediaKind.Video, FalMediaKind.Audio) => facts.ContentType == "audio/ogg", // whose beginning may not name its pictures
        (FalMediaKind.Video, FalMediaKind.Image) => facts.ContentType is "image/gif" or "image/webp" or "image/avif",
        (FalMediaKind.Audio, FalMediaKind.Image) => false,
        _ => true,
    };

    private bool HasRightExtension()
    {
        if (constraints.Extensions is not { } text) return true;
        var extensions = Split(text);
        var own = Path.GetExtension(media.FileName);
        // The name counts where the bytes and the caller say nothing.
        var isKnown = facts.Detected is not null || facts.Declared is not null;
        if (!isKnown && !string.IsNullOrEmpty(own) && extensions.Contains(own, StringComparer.OrdinalIgnoreCase)) return true;
        if (facts.ContentType is not { } type) return string.IsNullOrEmpty(own);
        return extensions.Length == 0 || extensions.Any(extension => IsSame(ContentTypes.OfName(extension), type));
    }

    // One container under several names: whether it is a film or a sound shows only where a picture was found.
    private bool IsSame(string? wanted, string type)
        => wanted == type || wanted == ContentTypes.OfName(ContentTypes.ExtensionOf(type))
            || (facts.Width is null && IsMovieContainer(wanted) && IsMovieContainer(type));

    private static bool IsMovieContainer(string? type) => type is "video/mp4" or "audio/mp4" or "video/quicktime" or "video/3gpp";

    private void Bytes()
    {
        if (facts.Bytes is not { } bytes) return;
        if (constraints.MaxBytes is { } max && bytes > max)
        {
            Add("file_too_large", $"must have at most {Size(max)}, but {media} has {Size(bytes)}", json => json.WriteNumber("max_size"u8, max));
        }
        if (constraints.MinBytes is { } min && bytes < min)
        {
            Add("file_too_small", $"must have at least {Size(min)}, but {media} has {Size(bytes)}", json => json.WriteNumber("min_size"u8, min));
        }
    }

    private void Size()
    {
        if (facts is not { Width: { } width, Height: { } height }) return;
        // A reader that ignores the file's rotation sees the two exchanged, and where pixels are not square readers differ as well. Only what every
        // reading refuses is certain.
        bool Breaks(Func<int, int, bool> broken)
            => IsBroken(broken, width, height) && (facts is not { OtherWidth: { } w, OtherHeight: { } h } || IsBroken(broken, w, h));
        bool IsBroken(Func<int, int, bool> broken, int w, int h) => broken(w, h) && (!facts.Turned || broken(h, w));
        if (Breaks((w, h) => w < constraints.MinWidth || h < constraints.MinHeight))
        {
            Add($"{Picture}_too_small", $"must be at least {Text(constraints.MinWidth, constraints.MinHeight)}, but {media} is {width}×{height}",
                json =>
            {
                if (constraints.MinHeight is { } minHeight) json.WriteNumber("min_height"u8, minHeight);
                if (constraints.MinWidth is { } minWidth) json.WriteNumber("min_width"u8, minWidth);
            });
        }
        if (Breaks((w, h) => w > constraints.MaxWidth || h > constraints.MaxHeight))
        {
            Add($"{Picture}_too_large", $"must be at most {Text(constraints.MaxWidth, constraints.MaxHeight)}, but {media} is {width}×{height}",
                json =>
            {
                if (constraints.MaxHeight is { } maxHeight) json.WriteNumber("max_height"u8, maxHeight);
                if (constraints.MaxWidth is { } maxWidth) json.WriteNumber("max_width"u8, maxWidth);
            });
        }
        if (constraints.MaxPixels is { } pixels && Breaks((w, h) => (long)w * h > pixels))
        {
            Add($"{Picture}_too_large", string.Create(CultureInfo.InvariantCulture, $"must have at most {pixels} pixels, but {media} is {width}×{height}"),
                json => json.WriteNumber("max_pixels"u8, pixels));
        }
        if (Breaks((w, h) => (double)w / h < constraints.MinAspectRatio - RatioSlack || (double)w / h > constraints.MaxAspectRatio + RatioSlack))
        {
            var ratio = Math.Round((double)width / height, 3);
            Add($"{Picture}_aspect_ratio",
                $"must be {Range(constraints.MinAspectRatio, constraints.MaxAspectRatio)} times as wide as high, but {media} is {width}×{height}",
                    json =>
            {
                if (constraints.MinAspectRatio is { } min) json.WriteNumber("min_aspect_ratio"u8, min);
                if (constraints.MaxAspectRatio is { } max) json.WriteNumber("max_aspect_ratio"u8, max);
                json.WriteNumber("provided_aspect_ratio"u8, ratio);
            });
        }
    }

    private string Picture => Word == "video" ? "video" : "image";

    private void Duration()
    {
        if (facts.Duration is not { } seconds) return;
        var word = Word == "audio" ? "audio" : "video";
        if (constraints.MaxDuration is { } max && seconds > max + DurationSlack) Add(max, "long", "most", "max_duration");
        if (constraints.MinDuration is { } min && seconds < min - DurationSlack) Add(min, "short", "least", "min_duration");

        void Add(double limit, string type, string most, string name)
            => this.Add($"{word}_duration_too_{type}", $"must last at {most} {Text(limit)} s, but {media} lasts {Text(seconds)} s", json =>
            {
                json.WriteNumber(name, limit);
                json.WriteNumber("provided_duration"u8, Math.Round(seconds, 3));
            });
    }

    private void FrameRate()
    {
        if (facts.FrameRate is not { } rate) return;
        if (!(rate < constraints.MinFps - RateSlack || rate > constraints.MaxFps + RateSlack)) return;
        Add("video_frame_rate", $"must have {Range(constraints.MinFps, constraints.MaxFps)} frames per second, but {media} has {Text(rate)}", json =>
        {
            if (constraints.MinFps is { } min) json.WriteNumber("min_fps"u8, min);
            if (constraints.MaxFps is { } max) json.WriteNumber("max_fps"u8, max);
            json.WriteNumber("provided_fps"u8, Math.Round(rate, 3));
        });
    }

    private void Add(string type, string rest, Action<Utf8JsonWriter> context)
        => _problems.Add(new FalProblem { Path = path, Type = type, Message = path.Length == 0 ? $"The file {rest}" : $"'{path}' {rest}", Context = Json(context) });

    private static JsonElement Json(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return new FalRawJson(buffer.ToArray()).ToElement();
    }

    private static string[] Split(string extensions) => extensions.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries);

    private static string Size(long bytes) => bytes switch
    {
        < 10 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 10 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MiB"),
    };

    private static string Text(int? width, int? height) => (width, height) switch
    {
        ({ } w, { } h) => string.Create(CultureInfo.InvariantCulture, $"{w}×{h} pixels"),
        ({ } w, null) => string.Create(CultureInfo.InvariantCulture, $"{w} pixels wide"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{height} pixels high"),
    };

    private static string Range(double? min, double? max) => (min, max) switch
    {
        ({ } low, { } high) => $"between {Text(low)} and {Text(high)}",
        ({ } low, null) => $"at least {Text(low)}",
        _ => $"at most {Text(max ?? 0)}",
    };

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
