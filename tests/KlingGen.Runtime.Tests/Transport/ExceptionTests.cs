using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class ExceptionTests
{
    private static readonly InvalidOperationException Inner = new("inner");

    public static TheoryData<FalException, bool?> Family() => new()
    {
        { new FalAuthenticationException("m", Inner), false },
        { new FalRateLimitException("m", Inner), true },
        { new FalUnavailableException("m", Inner), true },
        { new FalOutcomeUnknownException("m", Inner), null },
        { new FalTimeoutException("m", Inner), null },
        { new FalJobFailedException("m", Inner), null },
        { new FalJobCancelledException("m", Inner), false },
        { new FalProtocolException("m", Inner), null },
        { new FalRequestRejectedException("m", null, Inner), false },
        { new FalFileException("m", Inner), null },
    };

    [Theory]
    [MemberData(nameof(Family))]
    public void Each_can_be_made_by_a_users_test(FalException error, bool? transient)
    {
        Assert.Equal("m", error.Message);
        Assert.Same(Inner, error.InnerException);
        Assert.Equal(transient, error.IsTransient);
        error.SetCall("acme/lumen", null);
        Assert.Equal("m [endpoint acme/lumen]", error.Message);
        error.SetCall("acme/lumen/v1", "r-1");
        Assert.Equal("m [endpoint acme/lumen/v1, request r-1]", error.Message);
        error.SetCall(null, "r-2");
        Assert.Equal(("acme/lumen/v1", "r-1"), (error.EndpointId, error.RequestId));
    }

    [Fact]
    public void What_is_known_can_be_set()
    {
        var failed = new FalJobFailedException("m")
        {
            EndpointId = "a/b",
            RequestId = "r",
            StatusCode = 500,
            ErrorType = "t",
            ResponseBody = "b",
            IsTransient = true,
            Problems = [new FalProblem { Path = "", Type = "t", Message = "p" }],
        };
        Assert.Equal(
            ("a/b", "r", 500, "t", "b", true, 1),
            (failed.EndpointId, failed.RequestId, failed.StatusCode, failed.ErrorType, failed.ResponseBody, failed.IsTransient,
                failed.Problems.Count));
        Assert.Equal("m [request r]", new FalTimeoutException("m") { RequestId = "r", Deadline = TimeSpan.FromSeconds(5) }.Message);
        Assert.Equal(TimeSpan.FromSeconds(5), new FalTimeoutException("m") { Deadline = TimeSpan.FromSeconds(5) }.Deadline);
        Assert.Equal(TimeSpan.FromSeconds(5), new FalRateLimitException("m") { RetryAfter = TimeSpan.FromSeconds(5) }.RetryAfter);
    }

    [Fact]
    public void Exceptions_with_members_of_their_own_can_be_made_by_a_users_test()
    {
        var estimate = new FalPriceList().Estimate("acme/lumen", default);
        var limited = new FalCostLimitException("m", estimate, 0.5m, Inner) { Remaining = 0.1m };
        Assert.Equal((estimate, 0.5m, 0.1m, Inner), (limited.Estimate, limited.Limit, limited.Remaining, limited.InnerException));
        var locked = new FalAccountLockedException("m", "Exhausted balance.", Inner);
        Assert.Equal(("m", "Exhausted balance.", false), (locked.Message, locked.Reason, locked.IsTransient));
        var tooLarge = new FalResponseTooLargeException(1024, Inner);
        Assert.Equal((1024, false), (tooLarge.MaxBytes, tooLarge.IsTransient));
        Assert.Contains("1024", tooLarge.Message, StringComparison.Ordinal);
        using var source = new CancellationTokenSource();
        var cancelled = new FalSubmitCancelledException("m", source.Token, Inner) { EndpointId = "a/b", RequestId = "r" };
        Assert.Equal("m [endpoint a/b, request r]", cancelled.Message);
        Assert.Equal((source.Token, Inner), (cancelled.CancellationToken, cancelled.InnerException));
        Assert.Equal(("a/b", "r", null), (cancelled.EndpointId, cancelled.RequestId, cancelled.Token));
        var token = FalJobToken.Parse(new FalJobToken("a/b", "r", new Uri("https://queue.fal.run"), null, null, null, null).ToString());
        var unknown = new FalOutcomeUnknownException("m") { Token = token, BillableUnits = 2.5m };
        Assert.Equal((token, 2.5m), (unknown.Token, unknown.BillableUnits));
    }

    [Fact]
    public void A_refusal_before_sending_lists_its_problems()
    {
        var error = new FalValidationException(
            [Problem("guidance", "'guidance' must be between 0 and 1, not 3"), Problem("elements.0.video_url", "too long.")])
        { EndpointId = "a/b" };
        Assert.Equal(
            "The request was not sent: it has 2 problems. 'guidance' must be between 0 and 1, not 3; elements.0.video_url: too long. [endpoint a/b]",
            error.Message);
        Assert.Equal(["Guidance", "Elements[0].VideoUrl"], error.Problems.Select(problem => problem.Property));
        Assert.Equal("The request was not sent: it has a problem. x: y.", new FalValidationException([Problem("x", "y")]).Message);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public void Many_problems_are_counted_and_not_all_printed()
    {
        var error = new FalValidationException([.. Enumerable.Range(0, 40).Select(i => Problem($"p{i}", "bad"))]);
        Assert.EndsWith("p4: bad; and 35 more, see Problems.", error.Message, StringComparison.Ordinal);
        Assert.Equal(40, error.Problems.Count);
    }

    [Fact]
    public void A_member_that_is_named_already_keeps_its_name()
        => Assert.Equal("Seed64", Assert.Single(new FalValidationException([Problem("seed", "x") with { Property = "Seed64" }]).Problems).Property);

    private static FalProblem Problem(string path, string message) => new() { Path = path, Type = "t", Message = message };
}
