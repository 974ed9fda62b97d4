using System.Globalization;
using System.Text.Json;

namespace Fal.Emulation;

/// <summary>
/// The requested size and duration of generated media, from common properties of requests. Values that a small file cannot
/// have are ignored.
/// </summary>
internal readonly record struct MediaWishes(int Width, int Height, double Seconds)
{
    private const int LongestSeconds = 60;
    private const int LargestSide = 2048;

    /// <summary>The default: landscape, five seconds.</summary>
    public static readonly MediaWishes None = new(1280, 720, 5);

    /// <summary>Reads <c>duration</c>, <c>aspect_ratio</c> and <c>image_size</c> of a request.</summary>
    public static MediaWishes FromInput(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object) return None;
        var wishes = None;
        if (input.TryGetProperty("duration", out var duration) && Number(duration) is > 0 and var seconds)
            wishes = wishes with { Seconds = Math.Min(seconds, LongestSeconds) };
        if (input.TryGetProperty("aspect_ratio", out var ratio)) wishes = wishes.Shaped(ratio);
        if (input.TryGetProperty("image_size", out var size)) wishes = wishes.Shaped(size).Sized(size);
        return wishes;
    }

    /// <summary>Keeps the values that a kind uses. A video uses sizes of whole macroblocks.</summary>
    public MediaWishes For(MediaFileKind kind) => kind switch
    {
        MediaFileKind.Image => this with { Seconds = 0 },
        MediaFileKind.Video => ((double)Width / Height) switch
        {
            < 0.65 => new(720, 1280, Seconds),
            < 0.9 => new(720, 960, Seconds),
            < 1.15 => new(960, 960, Seconds),
            < 1.5 => new(960, 720, Seconds),
            _ => new(1280, 720, Seconds),
        },
        MediaFileKind.Audio => new(0, 0, Seconds),
        _ => default,
    };

    // "16:9", or a preset such as "portrait_4_3": fal's presets have the long side first.
    private MediaWishes Shaped(JsonElement word)
    {
        if (word.ValueKind != JsonValueKind.String) return this;
        var shape = word.GetString()!;
        if (shape.StartsWith("square", StringComparison.Ordinal)) return this with { Width = 1024, Height = 1024 };
        var numbers = shape.Split(':', '_').Select(Number).OfType<double>().ToList();
        if (numbers is not [> 0, > 0]) return this;
        var ratio = numbers[0] / numbers[1];
        if (shape.StartsWith("portrait", StringComparison.Ordinal) && ratio > 1) ratio = 1 / ratio;
        return ratio is < 0.1 or > 10 ? this
            : ratio < 1 ? this with { Width = (int)Math.Round(1280 * ratio), Height = 1280 }
            : this with { Width = 1280, Height = (int)Math.Round(1280 / ratio) };
    }

    private MediaWishes Sized(JsonElement size)
        => Side(size, "width") is { } width && Side(size, "height") is { } height ? this with { Width = width, Height = height } : this;

    private static int? Side(JsonElement size, string name)
        => size.ValueKind == JsonValueKind.Object && size.TryGetProperty(name, out var side) && Number(side) is >= 1 and <= LargestSide and var pixels
            ? (int)pixels
            : null;

    private static double? Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => Number(json.GetString()!),
        _ => null,
    };

    // "5" or "5s".
    private static double? Number(string text)
        => double.TryParse(text.TrimEnd('s'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
