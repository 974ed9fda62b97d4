using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>Compares what a local file must be before it is uploaded.</summary>
internal static class MediaConstraintComparison
{
    public static void Run(MediaConstraints old, MediaConstraints @new, ConstraintComparison constraints)
    {
        Kind(old.Kind, @new.Kind, constraints);
        Extensions(old.Extensions, @new.Extensions, constraints);
        constraints.Low(old.MinBytes, @new.MinBytes, "min_file_size", " bytes");
        constraints.High(old.MaxBytes, @new.MaxBytes, "max_file_size", " bytes");
        constraints.Low(old.MinWidth, @new.MinWidth, "min_width", " px wide");
        constraints.High(old.MaxWidth, @new.MaxWidth, "max_width", " px wide");
        constraints.Low(old.MinHeight, @new.MinHeight, "min_height", " px high");
        constraints.High(old.MaxHeight, @new.MaxHeight, "max_height", " px high");
        constraints.High(old.MaxPixels, @new.MaxPixels, "max_pixels", " pixels");
        constraints.Low(old.MinAspectRatio, @new.MinAspectRatio, "min_aspect_ratio", " as the ratio of width to height");
        constraints.High(old.MaxAspectRatio, @new.MaxAspectRatio, "max_aspect_ratio", " as the ratio of width to height");
        constraints.Low(old.MinDuration, @new.MinDuration, "min_duration", " s long");
        constraints.High(old.MaxDuration, @new.MaxDuration, "max_duration", " s long");
        constraints.Low(old.MinFps, @new.MinFps, "min_fps", " frames per second");
        constraints.High(old.MaxFps, @new.MaxFps, "max_fps", " frames per second");
    }

    private static void Kind(MediaKind old, MediaKind @new, ConstraintComparison constraints)
    {
        if (old == @new) return;
        if (@new == MediaKind.Any) constraints.Loosened("kind", old.ToString(), @new.ToString(), $"need not be {Words(old)} any more");
        else constraints.Tightened("kind", old.ToString(), @new.ToString(), $"must be {Words(@new)} now");
    }

    private static void Extensions(string? old, string? @new, ConstraintComparison constraints)
    {
        if (old == @new) return;
        if (@new is null)
        {
            constraints.Loosened("extensions", old, null, $"need not be one of {Listed(old!)} any more");
            return;
        }

        var gone = old is null ? [] : Split(old).Except(Split(@new), StringComparer.OrdinalIgnoreCase).ToArray();
        if (old is null || gone.Length > 0) constraints.Tightened("extensions", old, @new, $"must be one of {Listed(@new)} now");
        else if (Split(@new).Length > Split(old).Length) constraints.Loosened("extensions", old, @new, $"may be one of {Listed(@new)} now");
    }

    private static string[] Split(string extensions) => extensions.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static string Listed(string extensions) => string.Join(", ", Split(extensions));

    private static string Words(MediaKind kind)
        => kind switch { MediaKind.Image => "an image", MediaKind.Video => "a video", MediaKind.Audio => "sound", _ => "any file" };
}
