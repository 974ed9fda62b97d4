using Fal.Wire;
using KlingGen.Checks;

namespace Fal.Media;

/// <summary>Checks media before they are uploaded.</summary>
internal static class MediaInspector
{
    /// <summary>Returns all problems of a media file, with this wire path. Nothing is uploaded.</summary>
    public static async Task<IReadOnlyList<FalProblem>> CheckAsync(string path, FalMedia media, FalMediaConstraints? constraints,
        CancellationToken ct)
    {
        // fal checks media that have a URL already.
        if (!media.IsLocal && (constraints is null || !DataUri.Is(media.Url!))) return [];
        try
        {
            var facts = await ReadAsync(media, ct).ConfigureAwait(false);
            if (facts is null) return [Problem(path, "url_parsing", $"contains a data URI that cannot be decoded: {media}")];
            if (facts.Bytes == 0) return [Problem(path, "file_too_small", $"names {media}, which is empty or not a regular file")];
            if (Contradiction(media, facts) is { } contradiction) return [Problem(path, FormatOf(constraints), contradiction)];
            if (facts.ContentType is null && constraints is not null && NeedsFormat(constraints))
                return [Problem(path, FormatOf(constraints), $"names {media}, whose format is not known; give its content type")];
            return constraints is null ? [] : MediaConstraintCheck.Run(path, media, facts, constraints);
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            return [Problem(path, "file_not_found", $"names a local file that is not there: {media.FilePath}")];
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return [Problem(
                path,
                "file_not_readable",
                $"names a local file that cannot be read: {media.FilePath ?? media.ToString()} ({ex.Message.TrimEnd('.')})")];
        }
        catch (ObjectDisposedException)
        {
            return [Problem(path, "file_not_readable", $"names {media}, which is closed already; it must stay open until the request is submitted")];
        }
    }

    // A declared type is used if the bytes show none; an extension only if its type cannot be detected from bytes.
    private static string? Contradiction(FalMedia media, MediaFacts facts)
    {
        if (facts.Declared is { } declared)
        {
            return facts.Detected is { } found && !ContentTypes.CanBe(found, declared)
                ? $"names {media}, which is declared as {declared}, but its bytes are {found}" : null;
        }

        if (ContentTypeTable.OfName(media.FileName) is not { } expected) return null;
        var extension = Path.GetExtension(media.FileName);
        if (facts.Detected is { } detected)
            return ContentTypes.CanBe(detected, expected) ? null : $"names {media}, which ends in {extension}, but its bytes are {detected}";
        return ContentTypes.IsRecognizable(expected)
            ? $"names {media}, which ends in {extension}, but its bytes are not {expected}; give the content type if they are" : null;
    }

    // All constraints except the number of bytes depend on the format.
    private static bool NeedsFormat(FalMediaConstraints constraints)
        => constraints with { MinBytes = null, MaxBytes = null } != new FalMediaConstraints();

    private static string FormatOf(FalMediaConstraints? constraints) => constraints?.Kind switch
    {
        FalMediaKind.Image => "unsupported_image_format",
        FalMediaKind.Video => "unsupported_video_format",
        FalMediaKind.Audio => "unsupported_audio_format",
        _ => "unsupported_file_format",
    };

    /// <summary>Reads the facts of a media file; null for an invalid data URI.</summary>
    public static async Task<MediaFacts?> ReadAsync(FalMedia media, CancellationToken ct)
    {
        if (!media.IsLocal) return DataUri.TryRead(media.Url!, out var type, out var bytes) ? MediaProbe.Read(new MemoryBytes(bytes), type) : null;
        var source = media.Open();
        await using (source.ConfigureAwait(false))
        {
            await source.PrepareAsync(ct).ConfigureAwait(false);
            // Only a few kilobytes, but from a disk or a stream of unknown speed.
            return await Task.Run(() => MediaProbe.Read(source, media.ContentType, media.FileName), ct).ConfigureAwait(false);
        }
    }

    private static FalProblem Problem(string path, string type, string rest)
        => new() { Path = path, Type = type, Message = path.Length == 0 ? $"The medium {rest}" : $"'{path}' {rest}" };
}
