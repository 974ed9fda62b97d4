namespace Fal.Tests.Jobs;

public class SubmitOptionsTextTests
{
    [Fact]
    public void Options_print_where_the_webhook_goes_and_nothing_that_may_be_secret()
    {
        var options = new FalSubmitOptions
        {
            Webhook = new("https://hooks.example.com/fal?token=very-secret"),
            Headers = new Dictionary<string, string> { ["X-Own"] = "also-secret" },
        };
        Assert.Equal("FalSubmitOptions (webhook https://hooks.example.com/fal)", options.ToString());
        Assert.Equal("FalSubmitOptions", new FalSubmitOptions().ToString());
    }
}
