using System.Globalization;
using KlingGen.Specs;

namespace KlingGen.Core.Tests;

public class JsonNodeTests
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
    [InlineData("0.1", true, 0.1)]
    [InlineData("1e308", true, 1e308)]
    [InlineData("1e400", false, double.PositiveInfinity)]
    [InlineData("-1e400", false, double.NegativeInfinity)]
    [InlineData("1e-400", true, 0.0)]
    [InlineData("\"1\"", false, 0.0)]
    [InlineData("null", false, 0.0)]
    public void A_number_fits_a_double_or_not(string json, bool fits, double expected)
    {
        var node = JsonReader.Read(json).Root!;
        Assert.Equal((fits, expected), (node.TryGetDouble(out var actual), actual));
    }

    [Fact]
    public void A_number_fits_a_decimal_or_not()
    {
        Assert.True(JsonReader.Read("-12.50e1").Root!.TryGetDecimal(out var value));
        Assert.Equal(-125m, value);
        Assert.False(JsonReader.Read("1e29").Root!.TryGetDecimal(out _));
        Assert.False(JsonReader.Read("\"1\"").Root!.TryGetDecimal(out _));
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    public void Numbers_mean_the_same_in_every_culture(string culture)
    {
        using var _ = new CultureScope(culture);
        var node = JsonReader.Read("-1234.5").Root!;
        Assert.True(node.TryGetDouble(out var value) & node.TryGetDecimal(out var exact));
        Assert.Equal((-1234.5, -1234.5m), (value, exact));
        Assert.True(JsonReader.Read("-7").Root!.TryGetInt64(out var integer));
        Assert.Equal(-7, integer);
    }

    [Fact]
    public void A_node_answers_only_for_its_own_kind()
    {
        var items = JsonReader.Read("[null,false,true,1,\"s\",[0],{\"a\":0}]").Root!.Items;

        Assert.Equal([JsonKind.Null, JsonKind.False, JsonKind.True, JsonKind.Number, JsonKind.String, JsonKind.Array, JsonKind.Object], items.Select(n => n.Kind));
        Assert.Equal(["null", "false", "true", "1", "s", "", ""], items.Select(n => n.Text));
        Assert.Equal(["null", "false", "true", "1", "s", "[1]", "{1}"], items.Select(n => n.ToString()));
        Assert.Equal([0, 0, 0, 0, 0, 0, 1], items.Select(n => n.Members.Length));
        Assert.Equal([0, 0, 0, 0, 0, 1, 0], items.Select(n => n.Items.Length));
        Assert.Equal([true, false, false, false, false, false, false], items.Select(n => n.IsNull));
        Assert.Equal([false, false, false, false, false, true, false], items.Select(n => n.IsArray));
        Assert.Equal([false, false, false, false, false, false, true], items.Select(n => n.IsObject));
        Assert.Equal([false, true, true, false, false, false, false], items.Select(n => n.TryGetBoolean(out _)));
        Assert.Equal([false, false, true, false, false, false, false], items.Select(n => n.TryGetBoolean(out var value) && value));
        Assert.Equal([false, false, false, false, true, false, false], items.Select(n => n.IsString(out _)));
        Assert.Equal([false, false, false, false, true, false, false], items.Select(n => n.IsString("s")));
        Assert.Equal([false, false, false, false, false, false, true], items.Select(n => n.TryGet("a", out _)));
        Assert.All(items, n => Assert.Null(n.Get("b")));
        Assert.False(JsonReader.Read("\"null\"").Root!.IsNull);
    }

    [Fact]
    public void A_text_is_the_same_string_each_time_it_is_asked_for()
    {
        var root = JsonReader.Read("[\"a value that is longer than those which are shared\",\"short\",\"short\",17]").Root!;
        Assert.All(root.Items, node => Assert.Same(node.Text, node.Text));
        Assert.Same(root.Items[1].Text, root.Items[2].Text);
    }

    [Fact]
    public void Equal_names_are_one_string()
    {
        var root = JsonReader.Read("[{\"title\":1},{\"title\":2}]").Root!;
        Assert.Same(root.Items[0].Members[0].Name, root.Items[1].Members[0].Name);
    }

    [Fact]
    public void A_name_that_every_document_has_is_not_made_anew()
        => Assert.Same(string.Intern("properties"), JsonReader.Read("{\"properties\":{}}").Root!.Members[0].Name);

    [Fact]
    public void Texts_may_be_asked_for_by_many_at_once()
    {
        var text = "[" + string.Join(',', Enumerable.Range(0, 2000).Select(i => "\"value " + (i % 300).ToString(CultureInfo.InvariantCulture) + "\"")) + "]";
        var root = JsonReader.Read(text).Root!;
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < root.Items.Length; i++) Assert.Equal("value " + (i % 300).ToString(CultureInfo.InvariantCulture), root.Items[i].Text);
        });
    }
}
