using System.Text;
using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>The table of an emitted enum.</summary>
public sealed class EnumTableTests
{
    private static readonly FalEnumTable<Pace> Paces = new("0.5", "2");
    private static readonly FalEnumTable<Mood> Moods = new(static word => new Mood(word), "calm", "ärgerlich");
    private static readonly FalEnumTable<Count> Counts = new(Count.Less, Count.Two);

    private enum Pace
    {
        Slow = 1,
        Fast,
    }

    private enum Count : long
    {
        Less = -1,
        Two = 2,
    }

    [Fact]
    public void Values_count_from_1_in_the_order_of_the_words()
    {
        Assert.Equal([Pace.Slow, Pace.Fast], Paces.All);
        Assert.True(Paces.TryParse("2", out var pace));
        Assert.Equal((Pace.Fast, "0.5"), (pace, Paces.ToWire(Pace.Slow)));
    }

    [Fact]
    public void Integers_are_their_own_wire_values()
    {
        Assert.Equal(["-1", "2"], Counts.All.Select(Counts.ToWire));
        Assert.True(Counts.TryParse("-1", out var count));
        Assert.Equal(Count.Less, count);
    }

    [Fact]
    public void Has_is_true_for_null_and_for_named_values()
    {
        Assert.True(Paces.Has(null));
        Assert.True(Paces.Has(Pace.Fast));
        Assert.False(Paces.Has((Pace)3));
        Assert.True(Moods.Has(new Mood("calm")));
        Assert.False(Moods.Has(new Mood("new")));
    }

    [Fact]
    public void WireOf_and_Number_give_the_wire_form()
    {
        Assert.Equal(("ärgerlich", null), (Moods.WireOf(new Mood("ärgerlich")), Moods.WireOf(null)));
        Assert.Equal((0.5, null), (Paces.Number(Pace.Slow), Paces.Number(null)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Paces.Number((Pace)9));
    }

    [Fact]
    public void Encoded_words_are_escaped_and_an_empty_one_is_written()
    {
        var table = new FalEnumTable<Pace>("", "a\"\n雪");
        var json = WriterTests.Written(w =>
        {
            w.StartObject();
            w.Word("a"u8, table.Encoded(Pace.Slow));
            w.Word("b"u8, table.Encoded(Pace.Fast));
            w.Word("c"u8, table.Encoded(null));
            w.EndObject();
        });

        Assert.Equal("""{"a":"","b":"a\"\n雪"}""", json);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Encoded((Pace)3));
    }

    [Fact]
    public void A_half_surrogate_in_a_word_becomes_the_replacement_character()
        => Assert.Equal("\uFFFD", new FalEnumTable<Pace>("\uD83D", "b").Encoded(Pace.Slow)!.Value.Value);

    [Fact]
    public void Conversions_of_null_give_null()
    {
        Assert.Null(Paces.FromDuration(null));
        Assert.Null(Paces.DurationOf(null));
        Assert.Null(Paces.FromWire(null));
        Assert.Null(Paces.WireOf(null));
        Assert.Equal(TimeSpan.FromSeconds(0.5), Paces.DurationOf(Pace.Slow));
        Assert.Equal(Pace.Fast, Paces.FromDuration(TimeSpan.FromSeconds(2)));
        Assert.Equal("2", Paces.WireOf(Paces.FromWire("2")));
        var ex = Assert.Throws<ArgumentOutOfRangeException>(() => Paces.FromWire("3"));
        Assert.StartsWith("Pace has no such value. Its values are 0.5, 2.", ex.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToWire_of_an_open_enum_keeps_unknown_strings()
    {
        Assert.Equal("new", Moods.ToWire(new Mood("new")));
        Assert.False(Moods.TryParse("new", out _));
    }

    [Theory]
    [InlineData("2.0", "Fast")]
    [InlineData("null", null)]
    [InlineData("3", "error")]
    public void ReadNumber_compares_numbers(string json, string? expected)
    {
        string? Read() => ReadWith(json, static (ref FalJsonReader reader) => Paces.ReadNumber(ref reader)?.ToString());
        if (expected == "error") Assert.Throws<FalProtocolException>(() => Read());
        else Assert.Equal(expected, Read());
    }

    [Theory]
    [InlineData("\"2\"", "Fast")]
    [InlineData("null", null)]
    [InlineData("\"3\"", "error")]
    public void Read_compares_strings(string json, string? expected)
    {
        string? Read() => ReadWith(json, static (ref FalJsonReader reader) => Paces.Read(ref reader)?.ToString());
        if (expected == "error") Assert.Throws<FalProtocolException>(() => Read());
        else Assert.Equal(expected, Read());
        Assert.Equal("x", ReadWith("\"x\"", static (ref FalJsonReader reader) => Moods.Read(ref reader)?.ToString()));
    }

    [Theory]
    [InlineData("\"2\"", "Fast")]
    [InlineData("\"3\"", null)]
    [InlineData("2", null)]
    public void TryRead_is_false_for_other_values(string json, string? expected)
        => Assert.Equal(
            expected,
            ReadWith(
                json, static (ref FalJsonReader reader) => Paces.TryRead(ref reader, out var value) ? value.ToString() : Skipped(ref reader)));

    private static string? Skipped(ref FalJsonReader reader)
    {
        reader.Skip();
        return null;
    }

    private static string? ReadWith(string json, FalReadItem<string?> read)
        => FalJsonReader.ReadAll(Encoding.UTF8.GetBytes(json), default, null, read);

    private readonly record struct Mood(string Word)
    {
        public override string ToString() => Word;
    }
}
