using Fal.Wire;

namespace Fal.Testing;

/// <summary>Clients and jobs for unit tests. They are real ones, over a fal in memory: no server, no socket, no key.</summary>
/// <example><code>
/// using var fal = FalTesting.CreateClient(run => run.Complete(new VideoOutput { Video = new() { Url = "https://files.example/a.mp4" } }));
/// var service = new ClipService(fal);
/// </code></example>
public static class FalTesting
{
    private const string Key = "testing:testing-secret";

    /// <summary>A client whose requests are answered by <paramref name="run"/>.</summary>
    /// <param name="run">Called for each request that is submitted or run; says what becomes of it.</param>
    /// <param name="change">Changes the client's options before it is made.</param>
    public static FalClient CreateClient(Action<FalTestRun> run, Action<FalClientOptions>? change = null)
        => CreateClient(new FalTestHandler(run), change);

    /// <summary>A client over a handler, for assertions about what was sent: <see cref="FalTestHandler.Runs"/>.</summary>
    /// <param name="handler">The fal in memory.</param>
    /// <param name="change">Changes the client's options before it is made.</param>
    public static FalClient CreateClient(FalTestHandler handler, Action<FalClientOptions>? change = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var options = new FalClientOptions
        {
            Key = Key,
            // Not where the environment points an app to: a handler that answers everything needs fal's own hosts.
            QueueAddress = FalTestHandler.Queue,
            RunAddress = FalTestHandler.Run,
            RestAddress = FalTestHandler.Rest,
            HttpHandler = handler,
            Polling = FalPolling.Every(TimeSpan.FromMilliseconds(1)),
        };
        change?.Invoke(options);
        return new FalClient(options);
    }

    /// <summary>A job that has completed with <paramref name="result"/>.</summary>
    /// <param name="result">The result, with the members that the document requires.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    public static FalJob<TResult> Job<TResult>(TResult result, string endpointId = "testing/app")
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(result);
        return Job<TResult>(run => run.Complete(result), endpointId);
    }

    /// <summary>A job that goes as <paramref name="run"/> says: that waits, logs, fails or never ends.</summary>
    /// <param name="run">Says what becomes of the job. It has no input.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    public static FalJob<TResult> Job<TResult>(Action<FalTestRun> run, string endpointId = "testing/app")
        where TResult : class, IFalObject<TResult>
    {
        var handler = new FalTestHandler(run);
        return new FalEndpoint<FalRawResult, TResult>(CreateClient(handler), endpointId).Resume(handler.Add(endpointId, default).RequestId);
    }
}
