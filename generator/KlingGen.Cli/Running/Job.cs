using System.Text.Json;
using Fal;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Running;

/// <summary>One job from its submit, or from its token, to its result.</summary>
internal sealed class Job(ToolConsole console, FalClient client, string endpointId)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    private readonly FalEndpoint<RequestValue, FalRawResult> _endpoint = new(client, endpointId);

    /// <summary>The token outlives the process, so there is sense in showing it.</summary>
    public bool ShowsToken { get; init; } = true;

    /// <summary>Where the result's files go; null leaves them where they are.</summary>
    public string? SaveTo { get; init; }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(RequestValue? request, FalJobToken? token, string? requestId, FalSubmitOptions options,
        CancellationToken cancellation)
    {
        var isSubmitted = token is not null || requestId is not null;
        try
        {
            if (request is not null) console.Say("price " + _endpoint.EstimateCost(request));
            var job = token is not null ? _endpoint.Resume(token) : requestId is not null ? _endpoint.Resume(requestId)
                : await _endpoint.SubmitAsync(request!, options, cancellation).ConfigureAwait(false);
            isSubmitted = true;
            console.Say($"job {job.RequestId}");
            if (ShowsToken) console.Say($"token {job.ToToken()}");
            await new JobTalk(console).FollowAsync(job.WatchAsync(options, cancellation)).ConfigureAwait(false);
            var result = await job.GetResultAsync(options, cancellation).ConfigureAwait(false);
            console.Out.WriteLine(JsonSerializer.Serialize(result.Json, Readable));
            console.Say("cost " + await job.GetCostAsync(cancellation).ConfigureAwait(false));
            if (SaveTo is not null) await SaveAsync(result.Json, SaveTo, cancellation).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.Say(isSubmitted ? "A cancel request was sent to fal." : "Nothing was submitted, or a cancel request was sent to fal.");
            throw;
        }
        catch (FalCostLimitException ex)
        {
            return Refuse(console, [CostLimit(ex)]);
        }
        catch (FalInvalidRequestException ex)
        {
            return Refuse(console, ex.Problems.Select(Shown), ex);
        }
        catch (FalJobFailedException ex)
        {
            return Refuse(console, ex.Problems.Select(Shown), ex);
        }
        catch (FalJobCancelledException ex)
        {
            return Refuse(console, [], ex);
        }
    }

    /// <summary>Prints the problems, one per line. The exception's message repeats them, so it is printed only without problems.</summary>
    public static int Refuse(ToolConsole console, IEnumerable<string> problems, Exception? fault = null)
    {
        string[] lines = [.. problems.Distinct()];
        foreach (var line in lines) console.Say(console.ErrorPaint.Red("refused: ") + Visible.Text(line));
        if (fault is not null && (lines.Length == 0 || console.IsVerbose)) console.Fail(fault);
        return ExitCode.ProblemsFound;
    }

    private static string CostLimit(FalCostLimitException ex) => ex.Estimate.Maximum is null
        ? FormattableString.Invariant($"the cost is unknown and --max-cost is {ex.Limit}, so nothing was sent; leave out --max-cost to run it anyway")
        : FormattableString.Invariant($"the job may cost {ex.Estimate} and --max-cost is {ex.Limit}, so nothing was sent; raise it, or ask for less");

    /// <summary>The message, after the path that it is about if it does not name the property itself.</summary>
    private static string Shown(FalProblem problem)
    {
        var name = problem.Path[(problem.Path.LastIndexOf('.') + 1)..];
        return problem.Message.Contains(name, StringComparison.Ordinal) ? problem.Message : $"'{problem.Path}': {problem.Message}";
    }

    private async Task SaveAsync(JsonElement result, string target, CancellationToken cancellation)
    {
        var files = ResultMedia.Find(result);
        if (files.Count == 0) console.Say("The result names no file to save.");
        await ResultMedia.SaveAsync(client, files, target, path => console.Say("saved " + path), cancellation).ConfigureAwait(false);
    }
}
