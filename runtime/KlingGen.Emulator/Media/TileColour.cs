namespace Fal.Emulation;

/// <summary>
/// A YCbCr colour of a video: luma and two chroma differences. The differences are even, because the encoder can only
/// represent even ones.
/// </summary>
internal readonly record struct TileColour(int Luma, int Blue, int Red)
{
    public static readonly TileColour Grey = new(128, 128, 128);

    /// <summary>Converts by BT.601 in its limited range.</summary>
    public static TileColour FromColour(Colour colour)
    {
        double red = colour.Red / 255.0, green = colour.Green / 255.0, blue = colour.Blue / 255.0;
        var luma = 0.299 * red + 0.587 * green + 0.114 * blue;
        return new((int)Math.Round(16 + 219 * luma), Even(128 + 224 * (blue - luma) / 1.772), Even(128 + 224 * (red - luma) / 1.402));
    }

    private static int Even(double value) => 2 * (int)Math.Round(value / 2);
}
