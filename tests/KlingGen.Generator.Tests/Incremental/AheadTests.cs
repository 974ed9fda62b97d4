namespace KlingGen.Generator.Tests.Incremental;

public class AheadTests
{
    [Fact]
    public void All_work_is_done_once_whoever_does_it()
    {
        var done = 0;
        var ahead = new Ahead<string, string>(input =>
        {
            Interlocked.Increment(ref done);
            return input + "!";
        });
        var inputs = Enumerable.Range(0, 2000).Select(i => "input " + i).ToArray();
        foreach (var input in inputs) Assert.Same(input, ahead.Begin(input));
        Assert.All(inputs, input => Assert.Equal(input + "!", ahead.Result(input)));
        Assert.Equal(inputs.Length, done);
    }

    [Fact]
    public void What_was_not_begun_is_done_when_asked_for_and_a_result_is_handed_out_once()
    {
        var done = 0;
        var ahead = new Ahead<string, string>(input => input + ++done);
        Assert.Equal("a1", ahead.Result("a"));
        ahead.Begin("b");
        Assert.Equal("b2", ahead.Result("b"));
        Assert.Equal("b3", ahead.Result("b"));
    }

    [Fact]
    public void Inputs_are_told_apart_as_objects()
    {
        var ahead = new Ahead<string, object>(_ => new object());
        var one = new string('x', 3);
        var other = new string('x', 3);
        ahead.Begin(one);
        ahead.Begin(other);
        Assert.NotSame(ahead.Result(one), ahead.Result(other));
    }

    [Fact]
    public void A_fault_reaches_the_one_who_asks_and_nobody_else()
    {
        using var met = new ManualResetEventSlim();
        var ahead = new Ahead<string, string>(input =>
        {
            met.Set();
            throw new InvalidOperationException(input);
        });
        ahead.Begin("odd");
        met.Wait();
        Assert.Equal("odd", Assert.Throws<InvalidOperationException>(() => ahead.Result("odd")).Message);
    }
}
