using Fal.KlingVideo;

namespace KlingGen.Specs.Tests;

/// <summary>The classes beside emitted enums, over enums of the catalogue.</summary>
public sealed class EnumValuesTests
{
    [Fact]
    public void All_lists_the_values_in_the_order_of_the_document()
        => Assert.Equal(["5", "10"], Duration5Or10Values.All.Select(value => value.ToWire()));

    [Fact]
    public void TryParse_finds_values_by_their_wire_form_alone()
    {
        Assert.True(VideoAspectRatioValues.TryParse("16:9", out var ratio));
        Assert.Equal("16:9", ratio.ToWire());
        Assert.False(VideoAspectRatioValues.TryParse("16x9", out _));
        Assert.False(VideoAspectRatioValues.TryParse(null, out _));
    }

    [Fact]
    public void ToWire_refuses_a_value_that_the_enum_does_not_have()
        => Assert.Throws<ArgumentOutOfRangeException>(() => ((Duration5Or10)99).ToWire());

    [Fact]
    public void FromSeconds_finds_the_value_or_names_the_nearest_ones()
    {
        Assert.Equal("7", Duration3To15Values.FromSeconds(7).ToWire());
        var ex = Assert.Throws<ArgumentOutOfRangeException>(() => Duration5Or10Values.FromSeconds(7));
        const string Message = "Duration5Or10 has no value of 7 seconds; the nearest are 5, 10. Its values are 5, 10.";
        Assert.StartsWith(Message, ex.Message, StringComparison.Ordinal);
        ex = Assert.Throws<ArgumentOutOfRangeException>(() => Duration3To15Values.FromSeconds(60));
        Assert.Contains("the nearest are 15.", ex.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, "5")]
    [InlineData(7.5, "5")]
    [InlineData(7.6, "10")]
    [InlineData(-3, "5")]
    [InlineData(600, "10")]
    public void Nearest_takes_the_shorter_of_two_equally_near_values(double seconds, string expected)
        => Assert.Equal(expected, Duration5Or10Values.Nearest(TimeSpan.FromSeconds(seconds)).ToWire());

    [Fact]
    public void Only_enums_of_seconds_have_FromSeconds_and_Nearest()
    {
        var types = typeof(Duration5Or10Values).Assembly.GetExportedTypes();
        var classes = types.Where(type => type.Name.EndsWith("Values", StringComparison.Ordinal)).ToList();
        var seconds = classes.Where(type => type.GetMethod("FromSeconds") is not null).Select(type => type.Name).ToList();
        Assert.All(seconds, name => Assert.Contains("Duration", name, StringComparison.Ordinal));
        Assert.True(seconds.Count >= 4);
        Assert.DoesNotContain("VideoAspectRatioValues", seconds);
        Assert.Equal(seconds, classes.Where(type => type.GetMethod("Nearest") is not null).Select(type => type.Name));
    }
}
