using System.Text.Json;

namespace Fal;

/// <summary>An endpoint without a spec: any JSON in, any JSON out. Only fal validates the input.</summary>
public sealed class FalDynamicEndpoint : FalEndpoint<FalRawResult, FalRawResult>
{
    /// <summary>Creates an endpoint of a client.</summary>
    /// <param name="client">The client for fal.</param>
    /// <param name="endpointId">The id as on fal's pages.</param>
    /// <exception cref="ArgumentException">The text is not an endpoint id.</exception>
    public FalDynamicEndpoint(FalClient client, string endpointId)
        : base(client, endpointId)
    {
    }

    /// <summary>Queues the input and returns at once with a handle to the job.</summary>
    public Task<FalJob<FalRawResult>> SubmitAsync(JsonElement input, FalSubmitOptions? options = null, CancellationToken cancellationToken = default)
        =>
        SubmitAsync(FromInput(input), options, cancellationToken);

    /// <summary>Queues the input and waits for the result.</summary>
    public Task<FalRawResult> RunAsync(JsonElement input, FalSubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(FromInput(input), options, cancellationToken);

    /// <summary>Queues the input, reports every update, and waits for the result.</summary>
    public Task<FalRawResult> RunAsync(
        JsonElement input, FalSubmitOptions? options, IProgress<FalJobUpdate> progress, CancellationToken cancellationToken = default) =>
        RunAsync(FromInput(input), options, progress, cancellationToken);

    /// <summary>Runs the input within one call, without the queue.</summary>
    public Task<FalRawResult> RunDirectAsync(JsonElement input, FalSubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        RunDirectAsync(FromInput(input), options, cancellationToken);

    /// <summary>Runs the input within one call and reads the model's events as they arrive.</summary>
    public FalStreamedResult<FalRawResult> StreamAsync(
        JsonElement input,
        FalSubmitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StreamAsync(FromInput(input), options, cancellationToken);

    private static FalRawResult FromInput(JsonElement input) => new() { Json = input };
}
