using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class BackupHostTests : CanaryTest
{
    private static readonly string[] Hosts = ["queue.fal.run", "queue.falrun.com", "fal.run", "falrun.com", "rest.fal.ai"];

    [Fact]
    public async Task Without_the_switch_only_the_usual_host_is_asked()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Refused()).Json("{}");
        (await fal.SubmitAsync()).Dispose();
        Assert.All(fal.Handler.Requests, request => Assert.Equal("queue.fal.run", request.Host));
    }

    [Fact]
    public async Task A_host_that_cannot_be_connected_is_replaced_once()
    {
        using var fal = With();
        fal.Handler.Then(Replies.Refused()).Json("{}");
        (await fal.SubmitAsync()).Dispose();
        Assert.Equal(["queue.fal.run", "queue.falrun.com"], fal.Handler.Requests.Select(request => request.Host));
        Assert.Equal(fal.Handler.Requests[0].Path, fal.Handler.Requests[1].Path);
        Assert.Equal("""{"prompt":"x"}""", fal.Handler.Requests[1].Text);
        Assert.Empty(fal.Time.Delays);
    }

    [Fact]
    public async Task If_the_backup_cannot_be_connected_either_the_first_failure_counts()
    {
        using var fal = With(new FalRetryOptions { MaxRetries = 1 });
        var answers = new[] { "primary", "backup", "primary again" }.Select(
            name => Replies.Fail(() => new HttpRequestException(HttpRequestError.NameResolutionError, name), afterBody: false));
        foreach (var answer in answers) fal.Handler.Then(answer);
        var error = await Assert.ThrowsAsync<FalUnavailableException>(() => fal.SubmitAsync());
        Assert.Equal(["queue.fal.run", "queue.falrun.com", "queue.fal.run"], fal.Handler.Requests.Select(request => request.Host));
        Assert.StartsWith("queue.fal.run ", error.Message, StringComparison.Ordinal);
        Assert.Equal("primary again", error.InnerException!.Message);
    }

    [Fact]
    public async Task Once_bytes_were_sent_the_backup_is_not_asked()
    {
        using var fal = With();
        fal.Handler.Then(Replies.Reset()).Json("{}");
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fal.SubmitAsync());
        Assert.Single(fal.Handler.Requests);
    }

    [Fact]
    public async Task Bytes_that_broke_at_the_backup_are_unknown_as_anywhere()
    {
        using var fal = With();
        fal.Handler.Then(Replies.Refused()).Then(Replies.Reset()).Json("{}");
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fal.SubmitAsync());
        Assert.Equal(2, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task Direct_runs_have_a_backup_and_uploads_have_none()
    {
        using var fal = With();
        fal.Handler.Then(Replies.Refused()).Json("{}").Then(Replies.Refused()).Json("{}");
        (await fal.Transport.SendToFalAsync(FalHost.Run, "/a/b", HttpMethod.Post, TestFal.Content("{}"), FalCallKind.RunDirect, null, default))
            .Dispose();
        (await fal.Transport.SendToFalAsync(FalHost.Rest, "/x", HttpMethod.Post, TestFal.Content("{}"), FalCallKind.UploadInitiate, null, default))
            .Dispose();
        Assert.Equal(["fal.run", "falrun.com", "rest.fal.ai", "rest.fal.ai"], fal.Handler.Requests.Select(request => request.Host));
    }

    [Fact]
    public async Task An_address_of_ones_own_has_no_backup()
    {
        using var fal = new TestFal(Canary, change: options =>
        {
            options.UseBackupHosts = true;
            options.QueueAddress = new Uri("https://proxy.example");
        });
        Canary.Watch(fal.Handler, "proxy.example");
        fal.Handler.Then(Replies.Refused()).Json("{}");
        (await fal.SubmitAsync()).Dispose();
        Assert.All(fal.Handler.Requests, request => Assert.Equal("proxy.example", request.Host));
    }

    private TestFal With(FalRetryOptions? retry = null)
    {
        var fal = new TestFal(Canary, change: options =>
        {
            options.UseBackupHosts = true;
            options.Retry = retry ?? options.Retry;
        });
        Canary.Watch(fal.Handler, Hosts);
        return fal;
    }
}
