using System.Collections.Generic;

namespace KlingGen.Checks;

/// <summary>What a media constraint limits.</summary>
internal enum MediaMeasure
{
    Bytes,
    Width,
    Height,
    Pixels,
    AspectRatio,
    Duration,
    FrameRate,
}

/// <summary>The C# number that holds a limit.</summary>
internal enum LimitType
{
    Int32,
    Int64,
    Double,
}

/// <summary>One numeric constraint on a media file.</summary>
/// <param name="Name">The property of <c>FalMediaConstraints</c> and <c>SpecMediaAttribute</c>: <c>MinWidth</c>.</param>
/// <param name="Keyword">The keyword in a document: <c>min_width</c>.</param>
/// <param name="ContextName">The limit's name in the server's problems.</param>
/// <param name="Measure">What is limited.</param>
/// <param name="IsMinimum">Whether the limit is the smallest value, not the largest.</param>
/// <param name="Type">The number that holds it.</param>
/// <param name="Unit">The unit in documentation: <c>px wide</c>.</param>
internal sealed record MediaConstraintRow(
    string Name, string Keyword, string ContextName, MediaMeasure Measure, bool IsMinimum, LimitType Type, string Unit);

/// <summary>
/// Every numeric media constraint. The reader, the digest, the documentation, the emitter, the diff, the tool and the checks iterate over these rows.
/// </summary>
internal static class MediaConstraintTable
{
    public static readonly IReadOnlyList<MediaConstraintRow> Rows = new MediaConstraintRow[]
    {
        new("MinBytes", "min_file_size", "min_size", MediaMeasure.Bytes, true, LimitType.Int64, "bytes"),
        new("MaxBytes", "max_file_size", "max_size", MediaMeasure.Bytes, false, LimitType.Int64, "bytes"),
        new("MinWidth", "min_width", "min_width", MediaMeasure.Width, true, LimitType.Int32, "px wide"),
        new("MaxWidth", "max_width", "max_width", MediaMeasure.Width, false, LimitType.Int32, "px wide"),
        new("MinHeight", "min_height", "min_height", MediaMeasure.Height, true, LimitType.Int32, "px high"),
        new("MaxHeight", "max_height", "max_height", MediaMeasure.Height, false, LimitType.Int32, "px high"),
        new("MaxPixels", "max_pixels", "max_pixels", MediaMeasure.Pixels, false, LimitType.Int64, "pixels"),
        new("MinAspectRatio", "min_aspect_ratio", "min_aspect_ratio", MediaMeasure.AspectRatio, true, LimitType.Double,
            "as the ratio of width to height"),
        new("MaxAspectRatio", "max_aspect_ratio", "max_aspect_ratio", MediaMeasure.AspectRatio, false, LimitType.Double,
            "as the ratio of width to height"),
        new("MinDuration", "min_duration", "min_duration", MediaMeasure.Duration, true, LimitType.Double, "s long"),
        new("MaxDuration", "max_duration", "max_duration", MediaMeasure.Duration, false, LimitType.Double, "s long"),
        new("MinFps", "min_fps", "min_fps", MediaMeasure.FrameRate, true, LimitType.Double, "frames per second"),
        new("MaxFps", "max_fps", "max_fps", MediaMeasure.FrameRate, false, LimitType.Double, "frames per second"),
    };
}
