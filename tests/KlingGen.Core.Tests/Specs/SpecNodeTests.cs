using KlingGen.Json;

namespace KlingGen.Core.Tests;

public class SpecNodeTests
{
    [Theory]
    [InlineData("5", "5")]
    [InlineData("-5", "-5")]
    [InlineData("5.0", "5")]
    [InlineData("5e0", "5")]
    [InlineData("1.50e1", "15")]
    [InlineData("1500E-2", "15")]
    [InlineData("-0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("0e99999999999999999999", "0")]
    [InlineData("1e3", "1000")]
    [InlineData("1E+3", "1000")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("123456789012345678901234567890123456789", "123456789012345678901234567890123456789")]
    [InlineData("0.5", null)]
    [InlineData("1e-1", null)]
    [InlineData("15.00000000000000000000000000000000000001", null)]
    [InlineData("1e1001", null)]
    [InlineData("1e99999999999999999999", null)]
    [InlineData("1e-99999999999999999999", null)]
    public void An_integer_is_one_however_it_is_written(string number, string? digits)
    {
        var node = JsonReader.Read(number).Root!;
        Assert.Equal(digits is not null, node.TryGetInteger(out var actual));
        Assert.Equal(digits, actual);
    }

    [Theory]
    [InlineData("9223372036854775807", true, long.MaxValue)]
    [InlineData("-9223372036854775808", true, long.MinValue)]
    [InlineData("9223372036854775807.0", true, long.MaxValue)]
    [InlineData("9223372036854775808", false, 0L)]
    [InlineData("1e18", true, 1_000_000_000_000_000_000L)]
    [InlineData("1e19", false, 0L)]
    [InlineData("0.1", false, 0L)]
    [InlineData("\"5\"", false, 0L)]
    [InlineData("true", false, 0L)]
    public void An_integer_fits_a_type_or_not(string json, bool fits, long expected)
    {
        var node = JsonReader.Read(json).Root!;
        Assert.Equal((fits, expected), (node.TryGetInt64(out var actual), actual));
        Assert.Equal(fits && expected is >= int.MinValue and <= int.MaxValue, node.TryGetInt32(out _));
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    public void Numbers_mean_the_same_in_every_culture(string culture)
    {
        using var _ = new CultureScope(culture);
        Assert.True(JsonReader.Read("-7").Root!.TryGetInt64(out var integer));
        Assert.Equal(-7, integer);
    }

    [Fact]
    public void A_node_answers_only_for_its_own_kind()
    {
        var items = JsonReader.Read("[null,false,true,1,\"s\",[0],{\"a\":0}]").Root!.Items;

        Assert.Equal([JsonKind.Null, JsonKind.False, JsonKind.True, JsonKind.Number, JsonKind.String, JsonKind.Array, JsonKind.Object],
            items.Select(n => n.Kind));
        Assert.Equal(["null", "false", "true", "1", "s", "", ""], items.Select(n => n.Text));
        Assert.Equal(["null", "false", "true", "1", "s", "[1]", "{1}"], items.Select(n => n.ToString()));
        Assert.Equal([0, 0, 0, 0, 0, 0, 1], items.Select(n => n.Members.Length));
        Assert.Equal([0, 0, 0, 0, 0, 1, 0], items.Select(n => n.Items.Length));
        Assert.Equal([true, false, false, false, false, false, false], items.Select(n => n.IsNull));
        Assert.Equal([false, false, false, false, false, true, false], items.Select(n => n.IsArray));
        Assert.Equal([false, false, false, false, false, false, true], items.Select(n => n.IsObject));
        Assert.Equal([false, true, true, false, false, false, false], items.Select(n => n.TryGetBoolean(out _)));
        Assert.Equal([false, false, true, false, false, false, false], items.Select(n => n.TryGetBoolean(out var value) && value));
        Assert.All(items, n => Assert.Null(n.Get("b")));
        Assert.False(JsonReader.Read("\"null\"").Root!.IsNull);
    }
}
