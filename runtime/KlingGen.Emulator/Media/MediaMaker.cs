using System.Collections.Concurrent;

namespace Fal.Emulation;

/// <summary>
/// Generates small valid files of each kind, with a bounded cache, because tests often repeat a request. The cache is
/// cleared when it is full.
/// </summary>
internal sealed class MediaMaker
{
    private const double LowestTone = 220;
    private const int MostCached = 64;
    private readonly ConcurrentDictionary<(MediaFileKind, MediaWishes, int, MediaMark), MadeMedia> _made = new();

    /// <param name="kind">The kind of the file.</param>
    /// <param name="wishes">The size and the duration.</param>
    /// <param name="seed">Any number; the same seed gives the same file.</param>
    /// <param name="mark">The text in images and videos.</param>
    public MadeMedia Make(MediaFileKind kind, MediaWishes wishes, int seed, MediaMark mark = default)
    {
        var hue = (int)((uint)seed % Scene.Hues);
        if (_made.Count >= MostCached) _made.Clear();
        return _made.GetOrAdd((kind, wishes.For(kind), hue, kind is MediaFileKind.Image or MediaFileKind.Video ? mark : default),
            static key => MakeNew(key.Item1, key.Item2, key.Item3, key.Item4));
    }

    private static MadeMedia MakeNew(MediaFileKind kind, MediaWishes wishes, int hue, MediaMark mark)
    {
        var (width, height) = (wishes.Width, wishes.Height);
        switch (kind)
        {
            case MediaFileKind.Image:
                return new(PngWriter.Write(width, height, new Scene(width, height, hue, mark)), "image/png", ".png")
                {
                    Width = width,
                    Height = height
                };
            case MediaFileKind.Video:
                var frames = Math.Max(1, (int)Math.Round(wishes.Seconds * MovieWriter.FrameRate));
                return new(MovieWriter.Write(width, height, frames, new Scene(width, height, hue, mark)), "video/mp4", ".mp4")
                {
                    Width = width,
                    Height = height,
                    Frames = frames,
                    Duration = (double)frames / MovieWriter.FrameRate,
                };
            case MediaFileKind.Audio:
                return new(WaveWriter.Write(wishes.Seconds, LowestTone * Math.Pow(2, hue / 12.0)), "audio/wav", ".wav") { Duration = wishes.Seconds };
            case MediaFileKind.Model:
                return new(ModelWriter.Write(Colour.FromHsv(hue * 360.0 / Scene.Hues, 0.6, 0.8)), "model/gltf-binary", ".glb");
            default:
                return new("Placeholder for a file format that the emulator cannot write.\n"u8.ToArray(), "text/plain", ".txt");
        }
    }
}
