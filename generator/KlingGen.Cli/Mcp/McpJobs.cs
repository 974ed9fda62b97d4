using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Running;

namespace KlingGen.Cli.Mcp;

/// <summary>The client of fal or of an emulator, and the emulator.</summary>
internal sealed record McpConnection(FalClient Client, IAsyncDisposable? Emulator);

/// <summary>
/// Jobs of an agent: on fal within the limit of a ledger, or else in an emulator of this process. The connection is made for the first job, so that a
/// server that only answers questions needs no port.
/// </summary>
/// <param name="ledger">The limit; null where jobs run in an emulator.</param>
/// <param name="connect">Makes the connection.</param>
internal sealed class McpJobs(SpendingLedger? ledger, Func<CancellationToken, Task<McpConnection>> connect) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private McpConnection? _connection;

    /// <summary>What is left of the limit; null in an emulator.</summary>
    public decimal? Remaining => ledger?.Remaining;

    /// <summary>Where jobs run.</summary>
    public string Place => ledger is null ? "emulator" : "fal";

    /// <summary>Submits a request that passed the checks.</summary>
    public async Task<JsonObject> SubmitAsync(string endpointId, RequestValue request, FalCostEstimate cost, CancellationToken cancellation)
    {
        var reservation = ledger?.Reserve(endpointId, cost);
        FalJob<FalRawResult> job;
        var isSent = false;
        try
        {
            var client = await ClientAsync(cancellation).ConfigureAwait(false);
            var options = new FalSubmitOptions
            {
                OnAccepted = (token, _) =>
                {
                    if (reservation is not null) ledger!.Accept(reservation, token);
                    return ValueTask.CompletedTask;
                },
            };
            isSent = true;
            var endpoint = new FalEndpoint<RequestValue, FalRawResult>(client, endpointId);
            job = await endpoint.SubmitAsync(request, options, cancellation).ConfigureAwait(false);
        }
        catch (Exception ex) when (reservation is not null && (!isSent || UnchargedCall.Is(ex)))
        {
            ledger!.Release(reservation, cost);
            throw;
        }

        return new JsonObject
        {
            ["endpoint_id"] = endpointId,
            ["request_id"] = job.RequestId,
            ["token"] = job.ToToken().ToString(),
            ["runs_on"] = Place,
            ["cost"] = McpJson.FromCost(cost),
            ["remaining"] = Remaining,
        };
    }

    public async Task<JsonObject> StatusAsync(string token, CancellationToken cancellation)
    {
        var job = await ResumeAsync(token, cancellation).ConfigureAwait(false);
        return await StatusAsync(job, cancellation).ConfigureAwait(false);
    }

    /// <summary>The result, or the status where the job takes longer than this.</summary>
    public async Task<JsonObject> ResultAsync(string token, TimeSpan wait, CancellationToken cancellation)
    {
        var job = await ResumeAsync(token, cancellation).ConfigureAwait(false);
        try
        {
            var result = await job.GetResultAsync(new FalWaitOptions { Deadline = wait }, cancellation).ConfigureAwait(false);
            return new JsonObject
            {
                ["request_id"] = job.RequestId,
                ["endpoint_id"] = job.EndpointId,
                ["status"] = FalJobState.Completed.Word,
                ["runs_on"] = Place,
                ["result"] = JsonNode.Parse(result.Json.GetRawText()),
            };
        }
        catch (FalTimeoutException)
        {
            return await StatusAsync(job, cancellation).ConfigureAwait(false);
        }
    }

    public async Task<JsonObject> CancelAsync(string token, CancellationToken cancellation)
    {
        var job = await ResumeAsync(token, cancellation).ConfigureAwait(false);
        var outcome = await job.CancelAsync(cancellation).ConfigureAwait(false);
        return new JsonObject { ["request_id"] = job.RequestId, ["outcome"] = outcome.ToString() };
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            connection.Client.Dispose();
            if (connection.Emulator is { } emulator) await emulator.DisposeAsync().ConfigureAwait(false);
        }

        _gate.Dispose();
    }

    private static async Task<JsonObject> StatusAsync(FalJob<FalRawResult> job, CancellationToken cancellation)
    {
        var status = await job.GetStatusAsync(cancellationToken: cancellation).ConfigureAwait(false);
        return new JsonObject
        {
            ["request_id"] = job.RequestId,
            ["endpoint_id"] = job.EndpointId,
            ["status"] = status.State.Word,
            ["queue_position"] = status.QueuePosition,
            ["error"] = status.Error,
        };
    }

    private async Task<FalJob<FalRawResult>> ResumeAsync(string text, CancellationToken cancellation)
    {
        if (!FalJobToken.TryParse(text, out var token)) throw new ToolException("'token' is not a job token; 'submit' returns one.");
        var client = await ClientAsync(cancellation).ConfigureAwait(false);
        return client.Endpoint(token.EndpointId).Resume(token);
    }

    private async Task<FalClient> ClientAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return (_connection ??= await connect(cancellation).ConfigureAwait(false)).Client;
        }
        finally
        {
            _gate.Release();
        }
    }
}
