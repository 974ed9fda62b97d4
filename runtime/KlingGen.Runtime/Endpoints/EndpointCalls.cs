using System.Net.Http.Headers;

namespace Fal;

/// <summary>The calls that start work, for a serialized request body.</summary>
internal sealed class EndpointCalls(FalClient client, FalEndpointId endpoint)
{
    private FalTransport Transport => client.Transport;

    /// <summary>
    /// Submits. After fal accepted the request, the outcome is either a tracker or a <see cref="FalOutcomeUnknownException"/>
    /// with every id that is known.
    /// </summary>
    public async Task<JobTracker> SubmitAsync(ReadOnlyMemory<byte> body, FalSubmitOptions options, CancellationToken cancellationToken)
    {
        var path = FalQueueUrls.Submit(endpoint, SubmitHeaders.Query(options));
        using var response = await SendAsync(FalHost.Queue, path, body, FalCallKind.Submit, options, null, cancellationToken).ConfigureAwait(false);
        var answer = BufferedContent.GetBody(response);
        if (!response.IsSuccessStatusCode) throw FalErrors.FromResponse(Transport, response, answer.Span, endpoint.ToString(), null);
        var headerId = CallAttempt.RequestIdOf(response.Headers);
        try
        {
            var address = JobAddress.FromAnswer(endpoint, answer.Span, headerId, Transport.QueueAddress);
            if (address is not null) return Track(address, answer);
        }
        catch (Exception ex)
        {
            throw NoUsableAnswer("its answer could not be read", headerId, (int)response.StatusCode, Transport.Redact(ex));
        }
        throw NoUsableAnswer("its answer contains no request id", null, (int)response.StatusCode, null);
    }

    public async Task<(ReadOnlyMemory<byte> Answer, FalCallInfo Call)> RunDirectAsync(
        ReadOnlyMemory<byte> body, FalSubmitOptions options, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(FalHost.Run, $"/{endpoint}", body, FalCallKind.RunDirect, options, null, cancellationToken)
            .ConfigureAwait(false);
        var answer = BufferedContent.GetBody(response);
        var call = DescribeDirect(endpoint.ToString(), response);
        return response.IsSuccessStatusCode
            ? (answer, call)
            : throw FalErrors.FromResultResponse(
                Transport, response, answer.Span, call.EndpointId, call.RequestId);
    }

    /// <summary>Opens the answer of a model that streams, with its body unread.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(ReadOnlyMemory<byte> body, FalSubmitOptions options, CancellationToken cancellationToken)
    {
        var id = endpoint.ToString();
        var path = endpoint.Path == "stream" || endpoint.Path.EndsWith("/stream", StringComparison.Ordinal) ? $"/{id}" : $"/{id}/stream";
        var response = await SendAsync(FalHost.Run, path, body, FalCallKind.RunStream, options, "text/event-stream", cancellationToken)
            .ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            throw FalErrors.FromResultResponse(
                Transport, response, BufferedContent.GetBody(response).Span, id, CallAttempt.RequestIdOf(response.Headers));
        }
    }

    /// <summary>Reads the metadata of a direct run from the headers of its answer.</summary>
    public static FalCallInfo DescribeDirect(string endpointId, HttpResponseMessage response) => new()
    {
        EndpointId = endpointId,
        RequestId = CallAttempt.RequestIdOf(response.Headers),
        BillableUnits = FalErrors.BillableUnitsOf(response),
    };

    private JobTracker Track(JobAddress address, ReadOnlyMemory<byte> answer)
    {
        address.TraceParent = FalTelemetry.CurrentTraceParent;
        address.SubmittedAt = Transport.Time.GetUtcNow();
        var tracker = new JobTracker(client.Services, address, TimeSpan.Zero);
        try
        {
            if (StatusReader.TryRead(answer.Span, out var reading)) tracker.Apply(reading, withLogs: false, newLinesOnly: false);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            // The status in the answer is optional: the job is known without it, and the first poll returns another.
        }
        return tracker;
    }

    private FalOutcomeUnknownException NoUsableAnswer(string what, string? requestId, int status, Exception? inner)
        => new($"fal accepted the request, but {what}. {OutcomeAdvice.For(requestId)}", inner)
        {
            EndpointId = endpoint.ToString(),
            RequestId = requestId,
            StatusCode = status,
        };

    private Task<HttpResponseMessage> SendAsync(
        FalHost host, string path, ReadOnlyMemory<byte> body, FalCallKind kind, FalSubmitOptions options, string? accept,
        CancellationToken cancellationToken)
    {
        var headers = SubmitHeaders.FromOptions(options);
        return Transport.SendToFalAsync(host, path, HttpMethod.Post, () => BufferedContent.ForJson(body), kind, Add, default, cancellationToken);

        void Add(HttpRequestHeaders to)
        {
            if (accept is not null) to.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
            foreach (var (name, value) in headers) to.TryAddWithoutValidation(name, value);
        }
    }
}
