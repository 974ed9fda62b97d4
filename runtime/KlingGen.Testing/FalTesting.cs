using Fal.Wire;

namespace Fal.Testing;

/// <summary>
/// Factory of clients and jobs for unit tests. They are real clients and jobs over an in-memory fal: no server, no socket, no key.
/// </summary>
/// <example><code>
/// using var fal = FalTesting.CreateClient(run => run.Complete(new VideoOutput { Video = new() { Url = "https://files.example/a.mp4" } }));
/// var service = new ClipService(fal);
/// </code></example>
public static class FalTesting
{
    private const string Key = "testing:testing-secret";

    /// <summary>Creates a client whose requests are answered by <paramref name="run"/>.</summary>
    /// <param name="run">Called for each request that is submitted or run; sets its outcome.</param>
    /// <param name="change">Changes the client's options before the client is created.</param>
    public static FalClient CreateClient(Action<FalTestRun> run, Action<FalClientOptions>? change = null)
        => CreateClient(new FalTestHandler(run), change);

    /// <summary>Creates a client over a handler, for assertions about the requests: <see cref="FalTestHandler.Runs"/>.</summary>
    /// <param name="handler">The in-memory fal.</param>
    /// <param name="change">Changes the client's options before the client is created.</param>
    public static FalClient CreateClient(FalTestHandler handler, Action<FalClientOptions>? change = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var options = new FalClientOptions
        {
            Key = Key,
            // Environment variables must not change these URLs: the handler needs fal's own hosts.
            QueueAddress = FalTestHandler.Queue,
            RunAddress = FalTestHandler.Run,
            RestAddress = FalTestHandler.Rest,
            HttpHandler = handler,
            Polling = FalPolling.Every(TimeSpan.FromMilliseconds(1)),
        };
        change?.Invoke(options);
        return new FalClient(options);
    }

    /// <summary>Creates a job that has completed with <paramref name="result"/>.</summary>
    /// <param name="result">The result, with its required properties.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    public static FalJob<TResult> Job<TResult>(TResult result, string endpointId = "testing/app")
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(result);
        return Job<TResult>(run => run.Complete(result), endpointId);
    }

    /// <summary>Creates a job whose states <paramref name="run"/> sets: queued, logging, failed or endless.</summary>
    /// <param name="run">Sets the outcome of the job. The job has no input.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    public static FalJob<TResult> Job<TResult>(Action<FalTestRun> run, string endpointId = "testing/app")
        where TResult : class, IFalObject<TResult>
    {
        var handler = new FalTestHandler(run);
        return new FalEndpoint<FalRawResult, TResult>(CreateClient(handler), endpointId).Resume(handler.Add(endpointId, default).RequestId);
    }
}
