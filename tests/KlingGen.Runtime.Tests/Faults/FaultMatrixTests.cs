using Fal.Tests.Harness;
using Fal.Tests.Jobs;
using Fal.Tests.Media;

namespace Fal.Tests.Faults;

/// <summary>
/// Every step of the protocol against every fault: the call succeeds or ends in an exception of this library, a job's id stays in reach, a submit is
/// sent again only where it was certainly not processed, and nothing is left open. One fault of each class by default, all with KLINGGEN_LONG=1.
/// </summary>
public sealed class FaultMatrixTests : CanaryTest
{
    private const string Ticket = """{"upload_url":"https://storage.example/put/1?sig=x","file_url":"https://v3.fal.media/files/1.png"}""";

    private static readonly Dictionary<string, Func<JobFixture, Fault, Task>> Steps = new()
    {
        ["submit"] = async (fixture, fault) =>
        {
            fixture.Handler.On("POST", "/" + JobFixture.Id, fault.Answer, Good());
            fixture.OnStatus(JobFixture.Done()).OnResult();
            await fixture.SubmitAsync();
        },
        ["status"] = async (fixture, fault) =>
        {
            fixture.OnSubmit().OnStatus(fault.Answer, JobFixture.Done()).OnResult();
            await fixture.Endpoint.RunAsync(JobFixture.Request);
        },
        ["one status"] = async (fixture, fault) =>
        {
            fixture.OnStatus(fault.Answer, JobFixture.Done());
            await fixture.Resume().GetStatusAsync();
        },
        ["result"] = async (fixture, fault) =>
        {
            fixture.OnSubmit().OnStatus(JobFixture.Done()).OnResult(fault.Answer, Replies.Json(JobFixture.Result));
            await fixture.Endpoint.RunAsync(JobFixture.Request);
        },
        ["cancel"] = async (fixture, fault) =>
        {
            fixture.OnCancel(fault.Answer, Replies.Json("{}"));
            await fixture.Resume().CancelAsync();
        },
        ["status stream"] = async (fixture, fault) =>
        {
            var events = Replies.Events(Replies.Send("data: {\"status\":\"COMPLETED\"}\n\n"));
            fixture.OnStream(fault.Answer, events).OnStatus(JobFixture.Done()).OnResult();
            await fixture.Resume().GetResultAsync(new FalWaitOptions { StatusStream = true });
        },
        ["direct run"] = async (fixture, fault) =>
        {
            fixture.Handler.On("POST", "fal.run", fault.Answer, Replies.Json(JobFixture.Result));
            await fixture.Endpoint.RunDirectAsync(JobFixture.Request);
        },
        ["model stream"] = async (fixture, fault) =>
        {
            fixture.Handler.On("POST", "fal.run", fault.Answer, Replies.Events(Replies.Send($"data: {JobFixture.Result}\n\n")));
            await fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync();
        },
        ["upload announcement"] = async (fixture, fault) =>
        {
            fixture.Handler.On("POST", "initiate", fault.Answer, Replies.Json(Ticket)).On("PUT", "storage", Replies.Empty());
            await fixture.Fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()));
        },
        ["upload"] = async (fixture, fault) =>
        {
            fixture.Handler.On("POST", "initiate", Replies.Json(Ticket)).On("PUT", "storage", fault.Answer, Replies.Empty());
            await fixture.Fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()));
        },
        ["upload part"] = async (fixture, fault) =>
        {
            fixture.Handler.On("POST", "initiate", Replies.Json(Ticket)).On("PUT", "storage", fault.Answer, Replies.Json("{}", 200, "ETag: \"t\""))
                .On("POST", "complete", Replies.Json("{}"));
            await fixture.Fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()));
        },
        ["upload completion"] = async (fixture, fault) =>
        {
            fixture.Handler.On("POST", "initiate", Replies.Json(Ticket)).On("PUT", "storage", Replies.Json("{}", 200, "ETag: \"t\""))
                .On("POST", "complete", fault.Answer, Replies.Json("{}")).On("HEAD", "", Replies.Empty(404));
            await fixture.Fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()));
        },
        ["download"] = async (fixture, fault) =>
        {
            fixture.Handler.On("GET", "v3.fal.media", fault.Answer, Replies.Bytes("whole"u8.ToArray(), "video/mp4"));
            await using var stream = await fixture.Fal.Client.Files.OpenAsync(new FalFile { Url = "https://v3.fal.media/files/1.mp4" });
            await stream.CopyToAsync(Stream.Null);
        },
    };

    public static TheoryData<string> StepNames() => [.. Steps.Keys];

    [Theory]
    [MemberData(nameof(StepNames))]
    public async Task A_fault_has_an_allowed_outcome_at(string step)
    {
        var problems = new List<string>();
        foreach (var fault in Rounds.IsLong ? Fault.All : Fault.OnePerClass)
        {
            if (await ProblemAsync(step, fault) is { } problem) problems.Add($"{step} / {fault}: {problem}");
        }
        Assert.True(problems.Count == 0, $"{problems.Count} problems:\n" + string.Join('\n', problems.Take(20)));
    }

    [Fact]
    public void There_are_enough_faults()
    {
        Assert.InRange(Fault.All.Count, 150, 5000);
        Assert.Equal(Fault.All.Count, Fault.All.Select(fault => fault.Name).Distinct().Count());
    }

    private async Task<string?> ProblemAsync(string step, Fault fault)
    {
        using var fixture = new JobFixture(Canary, change: options =>
        {
            options.MaxResultBytes = 64 * 1024;
            if (step is "upload part" or "upload completion") options.Uploads.MultipartAbove = 0;
        });
        Exception? error = null;
        try
        {
            await Steps[step](fixture, fault).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (Exception ex)
        {
            error = ex;
        }
        return OutcomeProblem(step, fault, error, fixture) ?? LeftOpen(fixture);
    }

    private static string? OutcomeProblem(string step, Fault fault, Exception? error, JobFixture fixture)
    {
        if (error is InvalidOperationException { Message: "circuit" } && !StartsWork(step)) return null;
        if (error is not (null or FalException)) return $"{error.GetType().Name}: {error.Message}";
        var falError = error as FalException;
        switch (step)
        {
            case "submit" or "direct run" or "model stream":
                var sent = fixture.Handler.Requests.Count(request => request.Method == "POST");
                if (sent > (fault.NotProcessed ? 2 : 1)) return $"sent {sent} times";
                if (fault.NotProcessed && sent != 2) return $"sent {sent} times, ended in {error?.GetType().Name}";
                var isLost = falError is FalOutcomeUnknownException && fault.Id is not null && falError.RequestId != fault.Id;
                return isLost ? $"the id {fault.Id} is lost" : null;
            case "status" or "one status" or "result" or "status stream" or "cancel":
                return falError is not null && (falError.RequestId != JobFixture.RequestId || falError.Token is null) ? "the job's id is lost" : null;
            default:
                return null;
        }
    }

    private static string? LeftOpen(JobFixture fixture)
    {
        if (fixture.Handler.OpenResponses > 0 || fixture.Handler.OpenStreams > 0) return "an answer is left open";
        return fixture.Time.PendingTimers > 0 ? "a timer is left" : null;
    }

    private static bool StartsWork(string step) => step is "submit" or "direct run" or "model stream";

    private static Answer Good() => Replies.Json(JobFixture.Submitted, 200, "x-fal-request-id: " + JobFixture.RequestId);
}
