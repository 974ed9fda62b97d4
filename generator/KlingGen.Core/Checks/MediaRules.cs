using System;
using System.Collections.Generic;
using System.Globalization;

namespace KlingGen.Checks;

/// <summary>What is known of a media file. Null means "not known".</summary>
internal sealed record MediaFileFacts
{
    /// <summary>The file as messages name it.</summary>
    public required string DisplayName { get; init; }

    public string? FileName { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The caller gave the content type.</summary>
    public bool IsTypeDeclared { get; init; }

    /// <summary>The bytes show a content type. Otherwise the file name counts, unless the caller gave one.</summary>
    public bool IsTypeDetected { get; init; }

    public long? Bytes { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Another width that the file names: the stored one where pixels are not square.</summary>
    public int? OtherWidth { get; init; }

    /// <summary>Another height that the file names.</summary>
    public int? OtherHeight { get; init; }

    /// <summary>A reader that ignores the file's rotation sees width and height exchanged.</summary>
    public bool MayBeTurned { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    public double? FrameRate { get; init; }
}

/// <summary>
/// The media constraints of one property, checked against what is known of a file. Only what the server refuses under every reading is a violation:
/// what is not known passes.
/// </summary>
/// <param name="kind">The kind of media that is taken.</param>
/// <param name="extensions">The permitted file name extensions, separated by semicolons; null if any is.</param>
/// <param name="limitOf">The limit of a row; null if there is none.</param>
internal sealed class MediaRules(MediaKind kind, string? extensions, Func<MediaConstraintRow, double?> limitOf)
{
    // Containers round durations: a video of ten seconds may have 10.02.
    private const double DurationTolerance = 0.05;
    private const double FrameRateTolerance = 0.05;
    private const double AspectRatioTolerance = 0.005;

    private static readonly char[] Separators = { ';', ',', ' ' };

    public IReadOnlyList<Violation> Check(MediaFileFacts file)
    {
        // A file of the wrong kind violates other constraints as a consequence.
        if (CheckFormat(file) is { } format) return new[] { format };
        var violations = new List<Violation>();
        CheckBytes(file, violations);
        CheckSize(file, violations);
        CheckDuration(file, violations);
        CheckFrameRate(file, violations);
        return violations;
    }

    /// <summary>The permitted extensions one by one.</summary>
    public static string[] Split(string extensions) => extensions.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private Violation? CheckFormat(MediaFileFacts file)
    {
        if (IsPermittedKind(file.ContentType) && HasPermittedExtension(file)) return null;
        var word = Word(kind);
        var permitted = extensions is null ? Array.Empty<string>() : Split(extensions);
        var wanted = extensions is null ? "of type " + word : "one of " + string.Join(", ", permitted);
        var formats = new List<string>();
        foreach (var extension in permitted) formats.Add("\"" + extension.TrimStart('.').Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"");
        return new Violation(
            $"unsupported_{word}_format",
            $"must be {wanted}, but {file.DisplayName} is {file.ContentType ?? "something else"}{(file.IsTypeDeclared ? ", as declared" : "")}",
            "{" + ValueText.Json("supported_formats", "[" + string.Join(",", formats) + "]") + "}");
    }

    // Some endpoints take animated images as video, and the sound of a film as sound. The beginning of an Ogg file may not name its pictures.
    private bool IsPermittedKind(string? contentType) => (kind, ContentTypeTable.KindOf(contentType)) switch
    {
        (MediaKind.Image, MediaKind.Video or MediaKind.Audio) => false,
        (MediaKind.Video, MediaKind.Audio) => contentType == "audio/ogg",
        (MediaKind.Video, MediaKind.Image) => contentType is "image/gif" or "image/webp" or "image/avif",
        (MediaKind.Audio, MediaKind.Image) => false,
        _ => true,
    };

    private bool HasPermittedExtension(MediaFileFacts file)
    {
        if (extensions is null) return true;
        var permitted = Split(extensions);
        var own = ContentTypeTable.Extension(file.FileName);
        var isTypeKnown = file.IsTypeDeclared || file.IsTypeDetected;
        if (file.ContentType is null && own.Length == 0 || permitted.Length == 0) return true;
        foreach (var extension in permitted)
        {
            if (!isTypeKnown && own.Equals(extension, StringComparison.OrdinalIgnoreCase)) return true;
            if (file.ContentType is { } type && IsSameFormat(ContentTypeTable.OfName(extension), type, file.Width is null)) return true;
        }

        return false;
    }

    // One container has several names: whether it holds a film or sound shows only where a picture was found.
    private static bool IsSameFormat(string? wanted, string type, bool hasNoPicture)
        => wanted is not null
            && (wanted == type || wanted == ContentTypeTable.OfName(ContentTypeTable.ExtensionOf(type))
                || (hasNoPicture && ContentTypeTable.IsMovieContainer(wanted) && ContentTypeTable.IsMovieContainer(type)));

    private void CheckBytes(MediaFileFacts file, List<Violation> violations)
    {
        if (file.Bytes is not { } bytes) return;
        var (min, max) = (Limit(MediaMeasure.Bytes, isMinimum: true), Limit(MediaMeasure.Bytes, isMinimum: false));
        var but = $", but {file.DisplayName} has {ValueText.Size(bytes)}";
        if (bytes > max?.Value)
            violations.Add(new Violation("file_too_large", "must have at most " + ValueText.Size((long)max.Value.Value) + but, Context(max)));
        if (bytes < min?.Value)
            violations.Add(new Violation("file_too_small", "must have at least " + ValueText.Size((long)min.Value.Value) + but, Context(min)));
    }

    private void CheckSize(MediaFileFacts file, List<Violation> violations)
    {
        if (file is not { Width: > 0 and var width, Height: > 0 and var height }) return;
        var but = string.Format(CultureInfo.InvariantCulture, ", but {0} is {1}×{2}", file.DisplayName, width, height);
        var picture = FileWord(file) == "video" ? "video" : "image";

        // A reader that ignores the file's rotation sees the two exchanged, and where pixels are not square readers differ as well. Only what
        // every reading refuses is certain.
        bool Violates(Func<int, int, bool> isOutside)
            => IsOutsideAsRead(isOutside, width, height)
                && (file is not { OtherWidth: { } w, OtherHeight: { } h } || IsOutsideAsRead(isOutside, w, h));
        bool IsOutsideAsRead(Func<int, int, bool> isOutside, int w, int h) => isOutside(w, h) && (!file.MayBeTurned || isOutside(h, w));

        var (minWidth, maxWidth) = (Limit(MediaMeasure.Width, isMinimum: true), Limit(MediaMeasure.Width, isMinimum: false));
        var (minHeight, maxHeight) = (Limit(MediaMeasure.Height, isMinimum: true), Limit(MediaMeasure.Height, isMinimum: false));
        if (Violates((w, h) => w < minWidth?.Value || h < minHeight?.Value))
            violations.Add(new Violation(picture + "_too_small", "must be at least " + Pixels(minWidth, minHeight)
                + but, Context(minHeight, minWidth)));
        if (Violates((w, h) => w > maxWidth?.Value || h > maxHeight?.Value))
            violations.Add(new Violation(picture + "_too_large", "must be at most " + Pixels(maxWidth, maxHeight)
                + but, Context(maxHeight, maxWidth)));

        var pixels = Limit(MediaMeasure.Pixels, isMinimum: false);
        if (pixels is { } limit && Violates((w, h) => (long)w * h > limit.Value))
            violations.Add(new Violation(picture + "_too_large", "must have at most " + ValueText.Number(limit.Value) + " pixels"
                + but, Context(pixels)));

        var (low, high) = (Limit(MediaMeasure.AspectRatio, isMinimum: true), Limit(MediaMeasure.AspectRatio, isMinimum: false));
        if (Violates((w, h) => IsOutside((double)w / h, low, high, AspectRatioTolerance)))
        {
            violations.Add(new Violation(
                picture + "_aspect_ratio",
                "must be " + Range(low, high) + " times as wide as high" + but,
                Context(new[] { low, high }, "provided_aspect_ratio", (double)width / height)));
        }
    }

    private void CheckDuration(MediaFileFacts file, List<Violation> violations)
    {
        if (file.Duration is not { } seconds) return;
        var (min, max) = (Limit(MediaMeasure.Duration, isMinimum: true), Limit(MediaMeasure.Duration, isMinimum: false));
        if (seconds > max?.Value + DurationTolerance) Add(max, "long", "most");
        if (seconds < min?.Value - DurationTolerance) Add(min, "short", "least");

        void Add((MediaConstraintRow Row, double Value)? limit, string adjective, string superlative) => violations.Add(new Violation(
            (FileWord(file) == "audio" ? "audio" : "video") + "_duration_too_" + adjective,
            $"must last at {superlative} {ValueText.Number(limit!.Value.Value)} s, but {file.DisplayName} lasts {ValueText.Measured(seconds)} s",
            Context(new[] { limit }, "provided_duration", seconds)));
    }

    private void CheckFrameRate(MediaFileFacts file, List<Violation> violations)
    {
        if (file.FrameRate is not { } rate) return;
        var (min, max) = (Limit(MediaMeasure.FrameRate, isMinimum: true), Limit(MediaMeasure.FrameRate, isMinimum: false));
        if (!IsOutside(rate, min, max, FrameRateTolerance)) return;
        violations.Add(new Violation(
            "video_frame_rate",
            $"must have {Range(min, max)} frames per second, but {file.DisplayName} has {ValueText.Measured(rate)}",
            Context(new[] { min, max }, "provided_fps", rate)));
    }

    private (MediaConstraintRow Row, double Value)? Limit(MediaMeasure measure, bool isMinimum)
    {
        foreach (var row in MediaConstraintTable.Rows)
        {
            if (row.Measure == measure && row.IsMinimum == isMinimum) return limitOf(row) is { } value ? (row, value) : null;
        }

        return null;
    }

    private static bool IsOutside(double value, (MediaConstraintRow Row, double Value)? min, (MediaConstraintRow Row, double Value)? max,
        double tolerance)
        => value < min?.Value - tolerance || value > max?.Value + tolerance;

    private static string Range((MediaConstraintRow Row, double Value)? min, (MediaConstraintRow Row, double Value)? max)
        => ValueText.Range(min?.Value ?? double.NegativeInfinity, max?.Value ?? double.PositiveInfinity);

    private static string Pixels((MediaConstraintRow Row, double Value)? width, (MediaConstraintRow Row, double Value)? height)
        => (width, height) switch
        {
            ({ } w, { } h) => $"{ValueText.Number(w.Value)}×{ValueText.Number(h.Value)} pixels",
            ({ } w, null) => $"{ValueText.Number(w.Value)} pixels wide",
            (null, { } h) => $"{ValueText.Number(h.Value)} pixels high",
            _ => "",
        };

    private static string Context(params (MediaConstraintRow Row, double Value)?[] limits) => Context(limits, null, 0);

    private static string Context((MediaConstraintRow Row, double Value)?[] limits, string? measure, double measured)
    {
        var members = new List<string>();
        foreach (var limit in limits)
        {
            if (limit is { } known) members.Add(ValueText.Json(known.Row.ContextName, ValueText.Number(known.Value)));
        }

        if (measure is not null) members.Add(ValueText.Json(measure, ValueText.Measured(measured)));
        return "{" + string.Join(",", members) + "}";
    }

    /// <summary>What the file is, or else what it should be.</summary>
    private string FileWord(MediaFileFacts file)
        => ContentTypeTable.KindOf(file.ContentType) is (MediaKind.Image or MediaKind.Video or MediaKind.Audio) and var own ? Word(own) : Word(kind);

    private static string Word(MediaKind kind)
        => kind switch { MediaKind.Video => "video", MediaKind.Audio => "audio", MediaKind.Image => "image", _ => "file" };
}
