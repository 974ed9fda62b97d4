using System.Text.Json;
using Fal;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Running;

/// <summary>One job from its submit, or from its token, to its result.</summary>
internal sealed class Job(ToolConsole console, FalClient client, string endpointId)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FalEndpoint<RequestValue, FalRawResult> _endpoint = new(client, endpointId);

    /// <summary>The token outlives the process, so there is sense in showing it.</summary>
    public bool ShowsToken { get; init; } = true;

    /// <summary>Where the result's files go; null leaves them where they are.</summary>
    public string? SaveTo { get; init; }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(RequestValue? request, FalJobToken? token, FalSubmitOptions options, CancellationToken cancellation)
    {
        var isSubmitted = token is not null;
        try
        {
            var job = token is not null ? _endpoint.Resume(token) : await _endpoint.SubmitAsync(request!, options, cancellation).ConfigureAwait(false);
            isSubmitted = true;
            console.Say($"job {job.RequestId}");
            if (ShowsToken) console.Say($"token {job.ToToken()}");
            await new JobTalk(console).FollowAsync(job.WatchAsync(options, cancellation)).ConfigureAwait(false);
            var result = await job.GetResultAsync(options, cancellation).ConfigureAwait(false);
            console.Out.WriteLine(JsonSerializer.Serialize(result.Json, Readable));
            if (SaveTo is not null) await SaveAsync(result.Json, SaveTo, cancellation).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.Say(isSubmitted ? "The server was asked to cancel the job." : "Nothing was submitted, or the server was asked to cancel it.");
            throw;
        }
        catch (FalInvalidRequestException fault)
        {
            return Refuse(console, fault.Problems.Select(problem => problem.Message), fault);
        }
        catch (FalJobFailedException fault)
        {
            return Refuse(console, fault.Problems.Select(problem => problem.Message), fault);
        }
        catch (FalJobCancelledException fault)
        {
            return Refuse(console, [], fault);
        }
    }

    /// <summary>Says what is wrong, a line each.</summary>
    public static int Refuse(ToolConsole console, IEnumerable<string> problems, Exception? fault = null)
    {
        foreach (var problem in problems.Distinct()) console.Say(console.ErrorPaint.Red("refused: ") + Visible.Text(problem));
        if (fault is not null) console.Fail(fault);
        return ExitCode.ProblemsFound;
    }

    private async Task SaveAsync(JsonElement result, string target, CancellationToken cancellation)
    {
        var files = ResultMedia.Find(result);
        if (files.Count == 0) console.Say("The result names no file to save.");
        await ResultMedia.SaveAsync(client, files, target, path => console.Say("saved " + path), cancellation).ConfigureAwait(false);
    }
}
