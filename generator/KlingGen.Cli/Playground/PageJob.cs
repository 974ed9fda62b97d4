using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Running;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Playground;

/// <summary>One job that the page started, from its submit to its result, and the events by which the page follows it.</summary>
internal sealed class PageJob(FalClient client, RequestInput request, FalSubmitOptions options, ToolConsole console, bool isPaid)
    : IDisposable
{
    private readonly object _lock = new();
    private readonly List<string> _events = [];
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _more = NewSignal();
    private FalJob<FalRawResult>? _job;
    private bool _isOver;

    public string Id { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    public bool IsOver { get { lock (_lock) return _isOver; } }

    /// <summary>Runs the job to its end. Never throws: what goes wrong is the last event.</summary>
    public async Task RunAsync()
    {
        try
        {
            await FollowAsync().ConfigureAwait(false);
        }
        catch (FalInvalidRequestException ex)
        {
            Fail(ex, ex.Problems);
        }
        catch (FalJobFailedException ex)
        {
            Fail(ex, ex.Problems);
        }
        catch (Exception ex) when (ex is FalException or OperationCanceledException or ArgumentException or IOException)
        {
            Fail(ex, []);
        }
        finally
        {
            Add(new JsonObject { ["event"] = "end" }, isLast: true);
        }
    }

    /// <summary>Asks the server to cancel the job, or stops the submit that has not begun.</summary>
    public async Task CancelAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _job) is { } job) await job.CancelAsync(cancellation).ConfigureAwait(false);
        else await _stop.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>The events so far, then each as it comes, until the job is over.</summary>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var next = 0; ;)
        {
            string? line = null;
            Task more;
            bool isOver;
            lock (_lock)
            {
                if (next < _events.Count) line = _events[next++];
                (more, isOver) = (_more.Task, _isOver);
            }

            if (line is not null) yield return line;
            else if (isOver) yield break;
            else await more.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose() => _stop.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task FollowAsync()
    {
        Add(new JsonObject { ["event"] = "state", ["state"] = "uploading and submitting" });
        var endpoint = new FalEndpoint<RequestValue, FalRawResult>(client, request.Entry.Id);
        var job = await endpoint.SubmitAsync(request.Value, options with { OnAccepted = AcceptAsync }, _stop.Token).ConfigureAwait(false);
        Volatile.Write(ref _job, job);
        await foreach (var update in job.WatchAsync(options).ConfigureAwait(false))
        {
            Add(new JsonObject
            {
                ["event"] = "state",
                ["state"] = JobTalk.StateOf(update.Status),
                ["percent"] = JobTalk.Percent(update),
                ["logs"] = new JsonArray([.. update.NewLogs.Select(line => (JsonNode)Visible.Text(line.Message))]),
            });
        }

        var result = await job.GetResultAsync(options).ConfigureAwait(false);
        Add(new JsonObject
        {
            ["event"] = "result",
            ["json"] = JsonNode.Parse(result.Json.GetRawText()),
            ["files"] = new JsonArray([.. ResultMedia.Find(result.Json).Select(File)]),
        });
        var cost = await job.GetCostAsync().ConfigureAwait(false);
        Add(new JsonObject { ["event"] = "cost", ["cost"] = cost.ToString() });
    }

    // The token of a paid job goes to the terminal as well, so that it outlives the page and this process.
    private ValueTask AcceptAsync(FalJobToken token, CancellationToken cancellation)
    {
        if (isPaid) console.Say($"job {token.RequestId}, resume with: klinggen run --resume {token}");
        Add(new JsonObject { ["event"] = "accepted", ["requestId"] = token.RequestId, ["token"] = isPaid ? token.ToString() : null });
        return ValueTask.CompletedTask;
    }

    private static JsonObject File(FalFile file) => new()
    {
        ["url"] = file.Url,
        ["name"] = file.FileName,
        ["type"] = file.ContentType,
    };

    private void Fail(Exception ex, IReadOnlyList<FalProblem> problems)
    {
        if (isPaid) console.Fail(ex);
        Add(new JsonObject
        {
            ["event"] = "failed",
            ["message"] = ex.Message,
            ["problems"] = new JsonArray([.. problems.Select(problem => (JsonNode)ProblemJson.FromProblem(problem))]),
            ["token"] = (ex as FalOutcomeUnknownException)?.Token?.ToString(),
        });
    }

    private void Add(JsonObject json, bool isLast = false)
    {
        lock (_lock)
        {
            _events.Add(console.WithoutSecrets(json.ToJsonString()));
            _isOver |= isLast;
            _more.TrySetResult();
            if (!isLast) _more = NewSignal();
        }
    }
}

/// <summary>A problem of a request as the page reads it.</summary>
internal static class ProblemJson
{
    public static JsonObject FromProblem(FalProblem problem)
        => new() { ["path"] = problem.Path, ["type"] = problem.Type, ["message"] = problem.Message };
}
