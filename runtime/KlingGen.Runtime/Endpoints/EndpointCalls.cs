using System.Net.Http.Headers;

namespace Fal;

/// <summary>The calls that start work, once the bytes are ready.</summary>
internal sealed class EndpointCalls(FalClient client, FalEndpointId endpoint)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private FalTransport Transport => client.Transport;

    public async Task<JobTracker> SubmitAsync(ReadOnlyMemory<byte> body, FalSubmitOptions options, CancellationToken cancellationToken)
    {
        var path = FalQueueUrls.Submit(endpoint, SubmitHeaders.Query(options));
        using var response = await SendAsync(FalHost.Queue, path, body, FalCallKind.Submit, options, null, cancellationToken).ConfigureAwait(false);
        await RequireSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var address = JobAddress.FromAnswer(endpoint, answer, CallTry.RequestIdOf(response.Headers), Transport.QueueAddress)
            ?? throw new FalOutcomeUnknownException("fal accepted the request, but its answer names no request id. A job may be running and may be charged: look at the recent requests at https://fal.ai/dashboard before sending it again.")
            {
                EndpointId = endpoint.ToString(),
                StatusCode = (int)response.StatusCode,
            };
        var tracker = new JobTracker(client, address, TimeSpan.Zero);
        if (StatusReader.TryRead(answer, out var reading)) tracker.Apply(reading, withLogs: false, newLinesOnly: false);
        return tracker;
    }

    public async Task<(ReadOnlyMemory<byte> Answer, string? RequestId)> RunDirectAsync(ReadOnlyMemory<byte> body, FalSubmitOptions options, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(FalHost.Run, $"/{endpoint}", body, FalCallKind.RunDirect, options, null, cancellationToken).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var requestId = CallTry.RequestIdOf(response.Headers);
        return response.IsSuccessStatusCode ? (answer, requestId) : throw FalErrors.OfResult(Transport, response, answer, endpoint.ToString(), requestId);
    }

    /// <summary>The answer of a model that streams, its body unread.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(ReadOnlyMemory<byte> body, FalSubmitOptions options, CancellationToken cancellationToken)
    {
        var id = endpoint.ToString();
        var path = endpoint.Path == "stream" || endpoint.Path.EndsWith("/stream", StringComparison.Ordinal) ? $"/{id}" : $"/{id}/stream";
        var response = await SendAsync(FalHost.Run, path, body, FalCallKind.RunStream, options, "text/event-stream", cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            throw FalErrors.OfResult(Transport, response, answer, id, CallTry.RequestIdOf(response.Headers));
        }
    }

    private Task<HttpResponseMessage> SendAsync(
        FalHost host, string path, ReadOnlyMemory<byte> body, FalCallKind kind, FalSubmitOptions options, string? accept, CancellationToken cancellationToken)
    {
        var headers = SubmitHeaders.Of(options);
        return Transport.SendToFalAsync(host, path, HttpMethod.Post, Content, kind, Add, cancellationToken);

        HttpContent Content()
        {
            var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = Json;
            return content;
        }

        void Add(HttpRequestHeaders to)
        {
            if (accept is not null) to.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
            foreach (var (name, value) in headers) to.TryAddWithoutValidation(name, value);
        }
    }

    private async Task RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode) throw await FalErrors.OfAsync(Transport, response, endpoint.ToString(), null, cancellationToken).ConfigureAwait(false);
    }
}
