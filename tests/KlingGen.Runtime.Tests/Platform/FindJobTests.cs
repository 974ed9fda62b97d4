using System.Text.Json;
using Fal.Tests.Harness;
using Fal.Tests.Jobs;

namespace Fal.Tests.Platform;

/// <summary>ReportedDiagnostic the job of a submit whose outcome is unknown.</summary>
public sealed class FindJobTests : CanaryTest
{
    private const string Other = "019e0b42-7a5b-7c1f-9d3c-000000000001";

    [Fact]
    public async Task FindJobsAsync_finds_the_job_of_an_unknown_outcome_by_its_body()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Fails(() => new IOException("reset"));
        var ex = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.SubmitAsync());
        Assert.Equal(fixture.Time.GetUtcNow(), ex.SentAt);
        Assert.Matches("^[0-9A-F]{64}$", ex.BodyHash);
        Assert.DoesNotContain("heron", ex.ToString(), StringComparison.Ordinal);

        OnList(fixture, Record(Other, """{"prompt":"another"}"""), Record(JobFixture.RequestId, """{"seed":null,"prompt":"a heron at dawn"}"""));
        var search = await fixture.Fal.Client.Platform.FindJobsAsync(ex);

        Assert.Equal((2, 0), (search.RequestsSeen, search.RequestsWithoutInput));
        Assert.Equal(ex.SentAt - TimeSpan.FromMinutes(2), search.Start);
        var job = fixture.Endpoint.Resume(Assert.Single(search.Candidates));
        Assert.Equal(JobFixture.RequestId, job.RequestId);
        Assert.StartsWith("1 of 2 requests since ", search.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindJobsAsync_says_how_many_requests_it_saw_without_a_match()
    {
        using var fixture = new JobFixture(Canary);
        OnList(fixture, Record(Other, null), Record(Other, """{"prompt":"another"}"""));
        var search = await Find(fixture, """{"prompt":"a heron at dawn"}""");
        Assert.Empty(search.Candidates);
        Assert.Equal((2, 1), (search.RequestsSeen, search.RequestsWithoutInput));
        Assert.StartsWith("no candidate among 2 requests since ", search.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1,"b":[true,"x"]}""", """{"b":[true,"x"],"a":1.0}""", true)]
    [InlineData("""{"a":0.50,"n":null}""", """{"a":5e-1}""", true)]
    [InlineData("""{"a":"é"}""", """{"a":"\u00e9"}""", true)]
    [InlineData("""{"a":1e300}""", """{"a":1.0E+300}""", true)]
    [InlineData("""{"a":1e999}""", """{"a":1e999}""", true)]
    [InlineData("""{"a":1}""", """{"a":1e999}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":1}""", """{"a":1,"b":false}""", false)]
    public async Task FindJobsAsync_compares_bodies_by_structure(string sent, string listed, bool found)
    {
        using var fixture = new JobFixture(Canary);
        OnList(fixture, Record(JobFixture.RequestId, listed));
        Assert.Equal(found ? 1 : 0, (await Find(fixture, sent)).Candidates.Count);
    }

    [Fact]
    public async Task FindJobsAsync_gives_two_candidates_for_two_equal_submits()
    {
        using var fixture = new JobFixture(Canary);
        OnList(fixture, Record(Other, """{"p":1}"""), Record(JobFixture.RequestId, """{"p":1}"""));
        Assert.Equal([Other, JobFixture.RequestId], (await Find(fixture, """{"p":1}""")).Candidates.Select(token => token.RequestId));
    }

    [Fact]
    public async Task FindJobsAsync_refuses_an_exception_that_is_no_submits()
    {
        using var fixture = new JobFixture(Canary);
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Fal.Client.Platform.FindJobsAsync(new FalOutcomeUnknownException("lost")));
    }

    private static Task<FalJobSearch> Find(JobFixture fixture, string body)
        => fixture.Fal.Client.Platform.FindJobsAsync(JobFixture.Id, JsonSerializer.Deserialize<JsonElement>(body), fixture.Time.GetUtcNow());

    private static void OnList(JobFixture fixture, params string[] records)
        => fixture.Handler.On(
            "GET",
            "/models/requests/by-endpoint",
            Replies.Json($$"""{"items":[{{string.Join(',', records)}}],"next_cursor":null,"has_more":false}"""));

    private static string Record(string requestId, string? input)
    {
        var payload = input is null ? "" : $",\"json_input\":{input}";
        return $$"""{"request_id":"{{requestId}}","endpoint_id":"{{JobFixture.Id}}","sent_at":"2026-11-30T10:00:00Z"{{payload}}}""";
    }
}
