using Fal.Tests.Harness;
using Fal.Tests.Wire;

namespace Fal.Tests.Jobs;

/// <summary>Answers that try to lead the key elsewhere.</summary>
public sealed class HostileAnswerTests : CanaryTest
{
    /// <summary>Addresses that an answer may name; <c>{id}</c> is the request.</summary>
    public static TheoryData<string> Addresses() =>
    [
        "https://{evil}/acme/lumen/requests/{id}", "http://{evil}/acme/lumen/requests/{id}", "http://queue.fal.run/acme/lumen/requests/{id}",
        "https://evilfal.ai/acme/lumen/requests/{id}", "https://notfal.run/a/b/requests/{id}", "https://xfal.ai/a/b/requests/{id}",
        "https://my-fal.run/a/b/requests/{id}",
        "https://queue.fal.run.evil.com/a/b/requests/{id}", "https://queue.fal.run@{evil}/a/b/requests/{id}",
        "https://user:pass@queue.fal.run/a/b/requests/{id}",
        "https://queue.fal.run:8443/a/b/requests/{id}", "https://queue.fal.run./a/b/requests/{id}", "https://queue。fal。run/a/b/requests/{id}",
        "https://ｑueue.fal.run/a/b/requests/{id}",
        "//{evil}/a/b/requests/{id}", "/\\\\{evil}/a/b/requests/{id}", "https:/{evil}/a/b/requests/{id}", "\\thttps://{evil}/a/b/requests/{id}",
        " https://{evil}/a/b/requests/{id}",
        "https://queue.fal.run/a/b/requests/another", "https://queue.fal.run/a/../../b/requests/{id}", "https://queue.fal.run/a/%2e%2e/requests/{id}",
        "https://queue.fal.run/a/b?x=/requests/{id}", "https://queue.fal.run/a/b#/requests/{id}", "", "nonsense", "{long}",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_submit_answer_with_a_foreign_address_is_followed_to_the_usual_one(string address)
    {
        await using var evil = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json("""{"status":"COMPLETED"}""")));
        address = address.Replace("{evil}", $"127.0.0.1:{evil.Port}", StringComparison.Ordinal)
            .Replace("{id}", JobFixture.RequestId, StringComparison.Ordinal)
            .Replace("{long}", "https://queue.fal.run/" + new string('a', 1_000_000), StringComparison.Ordinal);
        using var fixture = new JobFixture(Canary).OnSubmit(
            $$"""{"request_id":"{{JobFixture.RequestId}}","status_url":"{{address}}/status","response_url":"{{address}}","cancel_url":"{{address}}/cancel"}""")
            .OnStatus(JobFixture.Done()).OnResult().OnCancel();
        var job = await fixture.SubmitAsync();
        Assert.Equal(7, (await job.GetResultAsync()).Seed);
        await job.CancelAsync();
        Assert.Equal(0, evil.Connections);
        Assert.All(
            fixture.Handler.Requests,
            request => Assert.StartsWith("https://queue.fal.run/acme/lumen/", request.Url.AbsoluteUri, StringComparison.Ordinal));
        Assert.Equal($"https://queue.fal.run/acme/lumen/requests/{JobFixture.RequestId}/status", job.StatusUrl.AbsoluteUri);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{\"url\":\"https://evil.example\"}")]
    [InlineData("[\"https://evil.example\"]")]
    [InlineData("\"\\ud800\"")]
    public async Task An_address_that_is_no_text_is_left_out(string json)
    {
        using var fixture = new JobFixture(Canary).OnSubmit(
            $$"""{"status_url":{{json}},"response_url":{{json}},"cancel_url":{{json}},"request_id":"{{JobFixture.RequestId}}"}""")
            .OnStatus(JobFixture.Done()).OnResult();
        Assert.Equal(7, (await fixture.Endpoint.RunAsync(JobFixture.Request)).Seed);
    }

    [Theory]
    [InlineData("owner/app", "owner/app")]
    [InlineData("owner/app/v1/path/deep", "owner/app")]
    [InlineData("workflows/owner/app/path", "workflows/owner/app")]
    [InlineData("comfy/owner/app", "comfy/owner/app")]
    [InlineData("12345-app", "12345/app")]
    public async Task Status_result_and_cancel_leave_the_endpoints_own_path_out_and_keep_the_namespace(string id, string app)
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult().OnCancel();
        var job = fixture.Fal.Client.Endpoint(id).Resume(JobFixture.RequestId);
        await job.GetResultAsync();
        await job.CancelAsync();
        Assert.Equal(
            [$"/{app}/requests/{JobFixture.RequestId}/status", $"/{app}/requests/{JobFixture.RequestId}",
                $"/{app}/requests/{JobFixture.RequestId}/cancel"],
            fixture.Handler.Requests.Select(request => request.Path));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_at_any_step_is_an_error_and_is_never_followed(int status)
    {
        await using var evil = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json(JobFixture.Submitted)));
        var redirect = Replies.Empty(status, $"Location: http://127.0.0.1:{evil.Port}/x");
        using (var fixture = new JobFixture(Canary))
        {
            fixture.Handler.Then(redirect);
            Assert.Equal(status, (await Assert.ThrowsAsync<FalProtocolException>(() => fixture.SubmitAsync())).StatusCode);
            Assert.Single(fixture.Handler.Requests);
        }
        using (var fixture = new JobFixture(Canary).OnSubmit().OnStatus(redirect).OnCancel(redirect))
        {
            var job = await fixture.SubmitAsync();
            foreach (var call in new Func<Task>[] {
                () => job.WaitAsync(),
                () => job.GetResultAsync(),
                () => job.CancelAsync(),
                () => job.GetStatusAsync() })
                Assert.Equal((status, JobFixture.RequestId), await WhatAsync(call));
        }
        using (var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult(redirect))
            Assert.Equal((status, JobFixture.RequestId), await WhatAsync(() => fixture.Resume().GetResultAsync()));
        Assert.Equal(0, evil.Connections);

        static async Task<(int?, string?)> WhatAsync(Func<Task> call)
        {
            var error = await Assert.ThrowsAsync<FalProtocolException>(call);
            return (error.StatusCode, error.RequestId);
        }
    }

    [Fact]
    public async Task A_server_that_echoes_the_key_finds_no_way_into_a_status_or_an_error()
    {
        var echo = CanaryGuard.Key;
        using var fixture = new JobFixture(Canary).OnSubmit()
            .OnStatus(Replies.Json($$"""{"status":"COMPLETED","error":"bad key {{echo}}","error_type":"x-{{echo}}"}"""))
            .OnResult(Replies.Json($$"""{"detail":"bad key {{echo}}"}""", 500));
        var job = await fixture.SubmitAsync();
        var status = await job.WaitAsync();
        Canary.Watch("status", status.ToString() + status.Error + status.ErrorType);
        var error = await Assert.ThrowsAsync<FalJobFailedException>(() => job.GetResultAsync());
        Canary.Watch(error);
        Canary.Watch("job", job.ToString() + job.ToToken());
        Assert.Contains("***", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_can_be_printed_shows_the_key()
    {
        using var fixture = new JobFixture(Canary);
        foreach (var thing in new object[] {
            fixture.Endpoint,
            fixture.Fal.Client.Endpoint("a/b"),
            fixture.Resume(),
            fixture.Resume().ToToken(),
            new FalSubmitOptions(),
            new FalWaitOptions(),
            new FalPolling() })
            Canary.Watch(thing.GetType().Name, thing.ToString());
        Assert.Equal(JobFixture.Id, fixture.Endpoint.ToString());
    }
}
