using KlingGen.Checks;
using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>Compares what a local file must be before it is uploaded.</summary>
internal static class MediaConstraintComparison
{
    public static void Run(MediaConstraints old, MediaConstraints @new, ConstraintComparison constraints)
    {
        Kind(old.Kind, @new.Kind, constraints);
        Extensions(old.Extensions, @new.Extensions, constraints);
        foreach (var row in MediaConstraintTable.Rows)
        {
            if (row.IsMinimum) constraints.Low(old.LimitOf(row), @new.LimitOf(row), row.Keyword, " " + row.Unit);
            else constraints.High(old.LimitOf(row), @new.LimitOf(row), row.Keyword, " " + row.Unit);
        }
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
        => kind switch { MediaKind.Image => "an image", MediaKind.Video => "a video", MediaKind.Audio => "audio", _ => "any file" };
}
