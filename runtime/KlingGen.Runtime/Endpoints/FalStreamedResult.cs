using System.Runtime.CompilerServices;
using System.Text.Json;
using Fal.Wire;

namespace Fal;

/// <summary>
/// The stream of a model's events and, as the last event, its result. The request is sent when reading begins; the stream can
/// be read once. It cannot be resumed: a stream that breaks is lost although it may be charged.
/// </summary>
/// <typeparam name="TResult">The type of the last event.</typeparam>
public sealed partial class FalStreamedResult<TResult> : IAsyncEnumerable<JsonElement>
    where TResult : class, IFalObject<TResult>
{
    private const string QueueInstead = "RunAsync goes through the queue, where a result can be fetched again; it is a new payment.";

    private readonly FalClient _client;
    private readonly string _endpointId;
    private readonly FalSubmitOptions _options;
    private readonly Func<WaitScope, Task<HttpResponseMessage>> _open;
    private readonly CancellationToken _token;
    private int _begun;
    private bool _ended;
    private ReadOnlyMemory<byte> _last;
    private FalCallInfo? _call;

    internal FalStreamedResult(
        FalClient client,
        string endpointId,
        FalSubmitOptions options,
        Func<WaitScope, Task<HttpResponseMessage>> open,
        CancellationToken token)
    {
        _client = client;
        _endpointId = endpointId;
        _options = options;
        _open = open;
        _token = token;
    }

    /// <summary>fal's id of the request; null before the answer begins, or if the answer has none.</summary>
    public string? RequestId => _call?.RequestId;

    /// <summary>Sends the request and reads the events as they arrive.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    public async IAsyncEnumerator<JsonElement> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
            throw new InvalidOperationException("A model stream can be read once; call StreamAsync again to run the model again.");
        var isWorkflow = IsWorkflow;
        using var scope = new WaitScope(_client.Services, _options, _token, cancellationToken) { EndpointId = _endpointId, StopsWithCall = true };
        using var response = await scope.GuardAsync(_open(scope)).ConfigureAwait(false);
        _call = EndpointCalls.DescribeDirect(_endpointId, response);
        if (response.Content is BufferedContent whole)
        {
            // A model that does not stream returns its result at once.
            _last = whole.Body;
            yield return ElementOf(_last, isCut: false);
        }
        else
        {
            var body = await scope.GuardAsync(response.Content.ReadAsStreamAsync(scope.Token)).ConfigureAwait(false);
            var reader = new SseReader(
                body, (int)_client.Options.MaxResultBytes, _client.Options.DirectRunTimeout, bytesCount: false, _client.Transport.Time);
            await using (reader.ConfigureAwait(false))
            {
                while (await scope.GuardAsync(NextAsync(reader, scope.Token)).ConfigureAwait(false))
                {
                    _last = reader.Data.ToArray();
                    if (reader.Event == "error") throw Failed(_last);
                    var piece = ElementOf(_last, reader.IsCut);
                    if (isWorkflow) ObserveWorkflow(piece);
                    yield return piece;
                }
            }
        }
        _ended = true;
    }

    /// <summary>Reads to the end, unless that was done, and returns the last event as the result; for a workflow, its output.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FalProtocolException">The model sent no event, or its last event is not a result of this type; the
    /// exception contains it.</exception>
    public async Task<TResult> GetResultAsync(CancellationToken cancellationToken = default)
    {
        if (!_ended)
        {
            await foreach (var _ in this.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                // Only the last event counts.
            }
        }
        if (IsWorkflow && !_output.IsEmpty) return FalJson.Read<TResult>(_output, FalReadContext.ForCall(_client.Transport, _call!));
        if (_last.IsEmpty)
        {
            throw InCall(new FalProtocolException("The model's stream ended without an event, so there is no result. " + QueueInstead));
        }
        return FalJson.Read<TResult>(_last, FalReadContext.ForCall(_client.Transport, _call!));
    }

    private async Task<bool> NextAsync(SseReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is IOException or HttpRequestException)
        {
            throw Broken(ex);
        }
        catch (InvalidDataException ex)
        {
            throw InCall(new FalResponseTooLargeException(_client.Options.MaxResultBytes, ex));
        }
    }

    private JsonElement ElementOf(ReadOnlyMemory<byte> utf8, bool isCut)
    {
        try
        {
            return new FalRawJson(utf8).ToElement();
        }
        catch (JsonException ex)
        {
            if (isCut) throw Broken(ex);
            var message = "An event of the model's stream is not JSON; RawJson has it. " + QueueInstead;
            throw InCall(new FalProtocolException(message, _client.Transport.Redact(ex))
            {
                RawJson = _client.Transport.Redact(new FalRawJson(utf8)),
            });
        }
    }

    private FalOutcomeUnknownException Broken(Exception cause)
        => InCall(new FalOutcomeUnknownException(
            "The model's stream broke off before its end. " + OutcomeAdvice.For(null), _client.Transport.Redact(cause)));

    private FalJobFailedException Failed(ReadOnlyMemory<byte> body)
    {
        var errorBody = FalErrorBody.Read(body.Span, null, _client.Transport.Redact);
        var detail = errorBody.Detail is { } text ? ": " + text.TrimEnd('.') : "";
        return InCall(new FalJobFailedException($"The model ended its stream with an error{detail}. {FalJobFailedException.NextStep(null)}")
        {
            ErrorType = errorBody.ErrorType,
            ResponseBody = errorBody.Text,
            Problems = FalPropertyPath.Fill(errorBody.Problems),
        });
    }

    private T InCall<T>(T exception)
        where T : FalException
    {
        exception.SetCall(_endpointId, RequestId);
        exception.SetBillableUnits(_call?.BillableUnits);
        return exception;
    }
}
