using System.Collections.Concurrent;

namespace Fal.Emulation;

/// <summary>Makes small real files of each kind. What was made once is kept: results differ in a dozen hues, not in bytes without number.</summary>
internal sealed class MediaMaker
{
    private const double LowestTone = 220;
    private readonly ConcurrentDictionary<(MediaKind, MediaWishes, int), MadeMedia> _made = new();

    /// <param name="kind">What sort of file.</param>
    /// <param name="wishes">How large and how long.</param>
    /// <param name="seed">Any number; the same one gives the same file.</param>
    public MadeMedia Make(MediaKind kind, MediaWishes wishes, int seed)
    {
        var hue = (int)((uint)seed % Scene.Hues);
        return _made.GetOrAdd((kind, wishes.For(kind), hue), static key => MakeNew(key.Item1, key.Item2, key.Item3));
    }

    private static MadeMedia MakeNew(MediaKind kind, MediaWishes wishes, int hue)
    {
        var (width, height) = (wishes.Width, wishes.Height);
        switch (kind)
        {
            case MediaKind.Image:
                return new(PngWriter.Write(width, height, new Scene(width, height, hue)), "image/png", ".png") { Width = width, Height = height };
            case MediaKind.Video:
                var frames = Math.Max(1, (int)Math.Round(wishes.Seconds * MovieWriter.FrameRate));
                return new(MovieWriter.Write(width, height, frames, new Scene(width, height, hue)), "video/mp4", ".mp4")
                {
                    Width = width,
                    Height = height,
                    Frames = frames,
                    Duration = (double)frames / MovieWriter.FrameRate,
                };
            case MediaKind.Audio:
                return new(WaveWriter.Write(wishes.Seconds, LowestTone * Math.Pow(2, hue / 12.0)), "audio/wav", ".wav") { Duration = wishes.Seconds };
            case MediaKind.Model:
                return new(ModelWriter.Write(Colour.Of(hue * 360.0 / Scene.Hues, 0.6, 0.8)), "model/gltf-binary", ".glb");
            default:
                return new("This text stands for a file that the emulator has no writer for.\n"u8.ToArray(), "text/plain", ".txt");
        }
    }
}
