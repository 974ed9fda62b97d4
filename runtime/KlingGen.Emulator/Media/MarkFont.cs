namespace Fal.Emulation;

/// <summary>A font of three by five points, for text that is drawn with tiles.</summary>
internal static class MarkFont
{
    public const int GlyphWidth = 3;
    public const int GlyphHeight = 5;

    // Five rows of three points for each character, from top to bottom; the least significant bit is the right point.
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/._:,!?()'";
    private static readonly ushort[] Glyphs =
    [
        0b010_101_111_101_101, 0b110_101_110_101_110, 0b011_100_100_100_011, 0b110_101_101_101_110, 0b111_100_110_100_111, 0b111_100_110_100_100,
        0b011_100_101_101_011, 0b101_101_111_101_101, 0b111_010_010_010_111, 0b001_001_001_101_010, 0b101_101_110_101_101, 0b100_100_100_100_111,
        0b101_111_111_101_101, 0b110_101_101_101_101, 0b010_101_101_101_010, 0b110_101_110_100_100, 0b010_101_101_111_011, 0b110_101_110_101_101,
        0b011_100_010_001_110, 0b111_010_010_010_010, 0b101_101_101_101_111, 0b101_101_101_101_010, 0b101_101_111_111_101, 0b101_101_010_101_101,
        0b101_101_010_010_010, 0b111_001_010_100_111,
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111, 0b101_101_111_001_001, 0b111_100_111_001_111,
        0b111_100_111_101_111, 0b111_001_010_010_010, 0b111_101_111_101_111, 0b111_101_111_001_111,
        0b000_000_111_000_000, 0b001_001_010_100_100, 0b000_000_000_000_010, 0b000_000_000_000_111, 0b000_010_000_010_000, 0b000_000_000_010_100,
        0b010_010_010_000_010, 0b111_001_010_000_010, 0b001_010_010_010_001, 0b100_010_010_010_100, 0b010_010_000_000_000,
    ];

    /// <summary>Whether a point of a character is set. Characters without a glyph are blank.</summary>
    public static bool IsSet(char character, int column, int row)
    {
        var at = Characters.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal);
        return at >= 0 && (Glyphs[at] >> ((GlyphHeight - 1 - row) * GlyphWidth + GlyphWidth - 1 - column) & 1) != 0;
    }
}
