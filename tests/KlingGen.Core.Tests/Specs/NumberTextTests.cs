using System.Numerics;
using KlingGen.Text;

namespace KlingGen.Core.Tests;

public class NumberTextTests
{
    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("5", "5", "5")]
    [InlineData("-5", "-5", "-5")]
    [InlineData("0.5", "0", "1")]
    [InlineData("-0.5", "-1", "0")]
    [InlineData("1.50e1", "15", "15")]
    [InlineData("1e-3", "0", "1")]
    [InlineData("18446744073709551615", "18446744073709551615", "18446744073709551615")]
    [InlineData("9223372036854775807.5", "9223372036854775807", "9223372036854775808")]
    [InlineData("1e30", "1000000000000000000000000000000", "1000000000000000000000000000000")]
    public void Floor_and_ceiling_are_exact(string number, string floor, string ceiling)
    {
        Assert.Equal(BigInteger.Parse(floor, System.Globalization.CultureInfo.InvariantCulture), NumberText.Floor(number));
        Assert.Equal(BigInteger.Parse(ceiling, System.Globalization.CultureInfo.InvariantCulture), NumberText.Ceiling(number));
    }

    [Theory]
    [InlineData("1e309")]
    [InlineData("1e99999999999999999999")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456789")]
    public void Number_beyond_every_integer_type_is_cut_off(string number)
    {
        Assert.True(NumberText.Floor(number) >= BigInteger.Pow(10, 60));
        Assert.True(NumberText.Ceiling("-" + number) <= -BigInteger.Pow(10, 60));
    }

    [Theory]
    [InlineData("9223372036854775808", "9223372036854775809", -1)]
    [InlineData("18446744073709551615", "18446744073709551614", 1)]
    [InlineData("0.1", "0.2", -1)]
    [InlineData("5", "5.0", 0)]
    public void Integers_are_compared_exactly(string left, string right, int expected)
        => Assert.Equal(expected, Math.Sign(NumberText.Compare(left, right)));

    [Theory]
    [InlineData("9223372036854775809", false)]
    [InlineData("18446744073709551615", false)]
    [InlineData("9223372036854775809", true)]
    [InlineData("-9223372036854775809", true)]
    [InlineData("-9223372036854775809", false)]
    [InlineData("9007199254740993", true)]
    [InlineData("9007199254740993", false)]
    public void Double_limit_refuses_no_integer_that_the_limit_admits(string limit, bool isLow)
    {
        var exact = NumberText.Floor(limit);
        var bound = new BigInteger(NumberText.DoubleLimit(limit, isLow));
        Assert.True(isLow ? bound <= exact : bound >= exact, $"{bound} for {exact}");
        Assert.InRange(BigInteger.Abs(bound - exact), 0, 2048);
    }
}
