using System.Globalization;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TimeSpan Cap = TimeSpan.FromMinutes(1);

    public static TheoryData<string, string, double?> Table()
    {
        (string, double?)[] rows =
        [
            ("0", 0), ("1", 1), ("120", 60), (" 2 ", 2), ("1.5", 1.5), ("1.234", 1.234), ("-1", null), ("NaN", null), ("Infinity", null),
                ("1e40", null), ("99999999999999", 60),
            (new string('9', 60), 60), (new string(
                '9',
                70), null), ("1,5", null), ("1.5.2", null), ("soon", null), ("", null), ("+1", null), ("0x10", null), (".", null), ("١٢", null),
            ("Wed, 02 Jan 2030 03:04:05 GMT", 0), ("Wed, 02 Jan 2030 03:04:35 GMT", 30), ("Wed, 02 Jan 2030 03:03:35 GMT", 0),
                ("Thu, 02 Jan 2031 03:04:05 GMT", 60), ("Mon, 02 Jan 2030 03:04:35 GMT", null),
            ("Thu, 02 Jan 2070 03:04:05 GMT", 60), ("Wed, 02 Jan 2030 03:04:35 GMT; garbage", null), ("Mi, 02 Jan 2030 03:04:35 GMT", null),
        ];
        var data = new TheoryData<string, string, double?>();
        foreach (var culture in new[] { "", "de-DE", "ar-SA", "tr-TR" })
            foreach (var (text, seconds) in rows) data.Add(culture, text, seconds);
        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void The_table_holds_in_every_culture(string culture, string text, double? seconds)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var expected = seconds is { } s ? TimeSpan.FromSeconds(s) : (TimeSpan?)null;
            Assert.Equal(expected, RetryAfter.Parse(text, Now, Cap));
            using var response = new HttpResponseMessage();
            if (!response.Headers.TryAddWithoutValidation("Retry-After", text)) return;
            Assert.Equal(expected, RetryAfter.FromHeaders(response.Headers, Now, Cap));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Of_two_headers_the_longer_wish_counts()
    {
        using var response = new HttpResponseMessage();
        Assert.Null(RetryAfter.FromHeaders(response.Headers, Now, Cap));
        response.Headers.TryAddWithoutValidation("Retry-After", "3");
        response.Headers.TryAddWithoutValidation("Retry-After", "7");
        response.Headers.TryAddWithoutValidation("Retry-After", "nonsense");
        Assert.Equal(TimeSpan.FromSeconds(7), RetryAfter.FromHeaders(response.Headers, Now, Cap));
    }

    [Fact]
    public void A_very_long_text_takes_no_time() => Patience.Holds(() => Assert.Null(RetryAfter.Parse(new string('1', 1024 * 1024), Now, Cap)));

    [Fact]
    public void Nothing_asks_for_nothing() => Assert.Null(RetryAfter.Parse(null, Now, Cap));
}
