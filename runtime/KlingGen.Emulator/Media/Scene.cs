namespace Fal.Emulation;

/// <summary>
/// The content of generated images and videos: tiles in one hue, lighter towards the top, with a bright square that moves
/// from left to right. The hue distinguishes results; the square shows that a video plays, and its position.
/// </summary>
internal sealed class Scene
{
    /// <summary>The side of a tile in pixels. It is the size of a macroblock, so a video encodes a tile as one macroblock.</summary>
    public const int Tile = 16;

    /// <summary>The number of hues. It is small, so that generated files can be cached.</summary>
    public const int Hues = 12;

    private const int SquareSide = 6;
    private const int Margin = 1;
    private const int LineHeight = MarkFont.GlyphHeight + 1;
    private const int LetterWidth = MarkFont.GlyphWidth + 1;
    private readonly Colour[] _field;

    public Scene(int width, int height, int hue, MediaMark mark = default)
    {
        Columns = (width + Tile - 1) / Tile;
        Rows = (height + Tile - 1) / Tile;
        var angle = hue * 360.0 / Hues;
        Square = Colour.FromHsv(angle + 180, 0.55, 0.95);
        _field = new Colour[Columns * Rows];
        for (var i = 0; i < _field.Length; i++)
        {
            var (row, column) = (i / Columns, i % Columns);
            var light = 0.85 - 0.55 * row / Rows + ((column + row) % 2 == 0 ? 0.03 : 0);
            _field[i] = Colour.FromHsv(angle + 40.0 * column / Columns, 0.6, light);
        }
        // The endpoint is above the path of the square, the prompt below.
        var middle = (Rows - SquareSide) / 2;
        Draw(mark.Endpoint, Margin, middle);
        Draw(mark.Prompt, middle + SquareSide + Margin, Rows);
    }

    private static Colour Ink => new(16, 16, 16);

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>The tiles without the square, in row order.</summary>
    public IReadOnlyList<Colour> Field => _field;

    /// <summary>The colour of the square.</summary>
    public Colour Square { get; }

    /// <summary>Whether the square covers a tile at this progress, from 0 to 1.</summary>
    public bool IsCovered(int column, int row, double progress)
    {
        var left = (int)((Columns - SquareSide) * progress);
        var top = (Rows - SquareSide) / 2;
        return column >= left && column < left + SquareSide && row >= top && row < top + SquareSide;
    }

    private void Draw(string? text, int top, int bottom)
    {
        var lineLength = (Columns - 2 * Margin + 1) / LetterWidth;
        if (lineLength == 0) return;
        for (var i = 0; i < (text?.Length ?? 0); i++)
        {
            var (line, place) = (i / lineLength, i % lineLength);
            if (top + (line + 1) * LineHeight > bottom) return;
            for (var point = 0; point < MarkFont.GlyphWidth * MarkFont.GlyphHeight; point++)
            {
                var (row, column) = (point / MarkFont.GlyphWidth, point % MarkFont.GlyphWidth);
                if (MarkFont.IsSet(text![i], column, row)) _field[(top + line * LineHeight + row) * Columns + Margin + place * LetterWidth + column] =
                    Ink;
            }
        }
    }

    /// <summary>The colour of a tile at this progress.</summary>
    public Colour At(int column, int row, double progress) => IsCovered(column, row, progress) ? Square : _field[row * Columns + column];
}

/// <summary>An RGB colour.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>Creates a colour from hue in degrees, saturation and value.</summary>
    public static Colour FromHsv(double hue, double saturation, double value)
    {
        // Each channel is a ramp, shifted by a third of the circle from the next.
        byte Channel(int offset)
        {
            var place = (offset + hue / 60) % 6;
            var share = Math.Clamp(Math.Min(place, 4 - place), 0, 1);
            return (byte)Math.Round(255 * value * (1 - saturation * share));
        }
        return new Colour(Channel(5), Channel(3), Channel(1));
    }
}
