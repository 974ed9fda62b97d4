using Fal.Wire;

namespace KlingGen.Analyzers.Tests.Values;

/// <summary>One fault reads the same wherever it is found: in the editor, and when a request is refused.</summary>
public sealed class WordingTests
{
    private static readonly double[] Numbers = [-1e300, -1.5, -1, 0, 0.1, 0.25, 0.3, 0.5, 1, 1.5, 2, 3, 7, 1e21, double.NaN, double.PositiveInfinity];

    private static readonly (double Min, double Max, double Above, double Below, double Step)[] Ranges =
    [
        (0, 1, Low, High, 0), (0, High, Low, High, 0), (Low, 1, Low, High, 0), (1, 1, Low, High, 0), (Low, High, 0, 1, 0), (Low, High, 0, High, 0), (Low, High, Low, 0.5, 0),
        (0, High, Low, 2, 0), (Low, 2, 0, High, 0), (Low, High, Low, High, 0.1), (0, 3, Low, High, 0.5), (Low, High, Low, High, 0),
    ];

    private const double Low = double.NegativeInfinity;
    private const double High = double.PositiveInfinity;

    [Fact]
    public void Numbers_are_judged_as_at_run_time()
    {
        foreach (var (min, max, above, below, step) in Ranges)
        {
            var constraints = new RangeConstraint(double.IsInfinity(min) ? above : min, double.IsInfinity(min)
                && !double.IsInfinity(above), double.IsInfinity(max) ? below : max, double.IsInfinity(max)
                    && !double.IsInfinity(below), step, isInteger: false);
            foreach (var number in Numbers) Same(checks => checks.Number("x", number, min, max, above, below, step), constraints.Judge(number));
        }
    }

    [Fact]
    public void Integers_are_judged_as_at_run_time()
    {
        foreach (var (min, max, step) in ((Int128?, Int128?, Int128?)[])[(1, 50, null), (0, null, null), (null, 9, null), (5, 5, null), (64, 2048, 8), (null, null, 3)])
        {
            var constraints = new RangeConstraint(min is null ? Low : (double)min, false, max is null ? High
                : (double)max, false, (double)(step ?? 0), isInteger: true);
            foreach (var number in (long[])[-1, 0, 1, 3, 5, 8, 9, 10, 50, 51, 100, 2048, 2056, 9_007_199_254_740_991])
                Same(checks => checks.Integer("x", number, min, max, step), constraints.Judge(number));
        }
    }

    [Fact]
    public void Texts_are_judged_as_at_run_time()
    {
        foreach (var (min, max) in ((int, int)[])[(0, 3), (1, 3), (2, 2), (1, 1), (4, int.MaxValue)])
        {
            foreach (var text in (string[])["", "a", "ab", "abc", "abcd", "🐦🐦", "🐦🐦🐦🐦", "\ud83d", "a\ud83d🐦"])
                Same(checks => checks.Length("x", text, min, max), new LengthConstraint(min, max).Judge(text));
        }
    }

    [Fact]
    public void Patterns_are_judged_as_at_run_time()
    {
        foreach (var pattern in (string[])["^[A-Z]{2,4}$", "b", "(?=a)b", @"(a)\1", "[", @"^\p{L}+$"])
        {
            foreach (var text in (string[])["", "AB", "abc", "xyz", "a\r\nc", new string('z', 60)])
                Same(checks => checks.Pattern("x", text, pattern), new PatternConstraint(pattern).Judge(text));
        }
    }

    [Fact]
    public void Counts_are_judged_as_at_run_time()
    {
        foreach (var (min, max) in ((int, int)[])[(0, 3), (1, 3), (2, 2), (1, 1), (4, int.MaxValue)])
        {
            for (var count = 0; count < 6; count++)
                Same(checks
                    => checks.Count("x", new int[count], min, max), new CountConstraint(min, max, isUnique: false).Judge(count, isComplete: true));
        }
    }

    [Fact]
    public void Addresses_are_judged_as_at_run_time()
    {
        string[] texts =
        [
            "", "car.jpg", "/car.jpg", "https://a.example/x", "HTTP://a.example", "http://", "https:///x", "ftp://a.example", "data:image/png;base64,AA", "data:x", "DATA:,", "//a.example/x", " https://a.example",
            "https://v3.fal.media/files/a/b.jpg?x=1#y", "https://files.example.com/a b", "https://files.example.com/\u00e9", "https://a..b/x", "https://.a.b/x", "https://-a.b/x", "https://a-.b/x", "https://a.-b/x",
            "https://a.b./x", "https://a.b-/x", "https://1.2.3/x", "https://1.2.3.4.5/x", "https://a_b.c/x", "https://a.b:99999/x", "https://u@a.b/x", "https://a.b/%zz", "https://a/", "https://xn--a.b/x",
            "https://" + new string('a', 63) + "/x", "https://" + new string('a', 64) + "/x", "https://a.b/" + new string('x', 70_000),
        ];
        foreach (var text in texts)
        {
            var checks = new FalChecks();
            checks.Url("x", text);
            Assert.Equal(checks.Problems.Count == 0, MediaUrl.IsValid(text));
        }
    }

    private static void Same(Action<FalChecks> check, string? judged)
    {
        var checks = new FalChecks();
        check(checks);
        Assert.Equal(checks.Problems.SingleOrDefault()?.Message, judged is null ? null : "'x' " + judged);
    }
}
