namespace Fal.Media;

/// <summary>
/// Reads size in pixels, duration and frame rate from a file's own header. It decodes nothing, reads a bounded number of
/// bytes, never throws for any content, and leaves uncertain values null.
/// </summary>
internal static class MediaProbe
{
    /// <param name="source">The bytes.</param>
    /// <param name="contentType">The content type from the caller, or null.</param>
    /// <param name="name">The file name, or null.</param>
    public static MediaFacts Read(MediaBytes source, string? contentType = null, string? name = null)
    {
        var window = new ProbeWindow(source);
        var sniffed = ContentSniffer.ContentType(window.At(0, ContentSniffer.HeadLength));
        var facts = new MediaFacts { Bytes = source.Length, ContentType = sniffed };
        facts = sniffed switch
        {
            "image/png" => ImageProbes.Png(window, facts),
            "image/gif" => ImageProbes.Gif(window, facts),
            "image/bmp" => ImageProbes.Bmp(window, facts),
            "image/jpeg" => JpegProbe.Read(window, facts),
            "image/webp" => WebPProbe.Read(window, facts),
            "image/avif" or "image/heic" or "image/heif" => HeifProbe.Read(window, facts),
            "video/mp4" or "video/quicktime" or "video/3gpp" or "audio/mp4" => MovieProbe.Read(window, facts),
            "video/webm" or "video/x-matroska" => MatroskaProbe.Read(window, facts),
            "audio/wav" => WaveProbe.Read(window, facts),
            "audio/mpeg" => Mp3Probe.Read(window, facts),
            "audio/flac" => FlacProbe.Read(window, facts),
            _ => facts,
        };
        return facts with
        {
            ContentType = contentType ?? ContentTypes.Choose(facts.ContentType, name),
            Detected = facts.ContentType,
            Declared = contentType,
        };
    }
}
