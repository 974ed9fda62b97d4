using System.Globalization;

namespace Fal;

/// <summary>The base class of all errors about a call to fal.</summary>
public abstract class FalException : Exception
{
    private string? _endpointId;
    private string? _requestId;
    private int? _statusCode;
    private string? _errorType;
    private string? _responseBody;
    private FalJobToken? _token;
    private decimal? _billableUnits;

    private protected FalException(string message, Exception? innerException = null, bool? isTransient = null)
        : base(message, innerException)
        => IsTransient = isTransient;

    /// <summary>What happened and what to do next, with the endpoint and the request if known. Never the key.</summary>
    public override string Message => Describe(base.Message, EndpointId, RequestId);

    /// <summary>The endpoint that was called, if known.</summary>
    public string? EndpointId { get => _endpointId; init => _endpointId = value; }

    /// <summary>The id of the queue request, if known.</summary>
    public string? RequestId { get => _requestId; init => _requestId = value; }

    /// <summary>Whether the same call may succeed later without a change; null if unknown.</summary>
    public bool? IsTransient { get; init; }

    /// <summary>The HTTP status of the answer; null if there was none.</summary>
    public int? StatusCode { get => _statusCode; init => _statusCode = value; }

    /// <summary>The server's error type, such as <c>runner_disconnected</c> or <c>content_policy_violation</c>. The list is open.</summary>
    public string? ErrorType { get => _errorType; init => _errorType = value; }

    /// <summary>The body of the server's answer, with the key removed; null if there was none.</summary>
    public string? ResponseBody { get => _responseBody; init => _responseBody = value; }

    /// <summary>The token of the job that the error is about; null if no job is known. Pass it to <c>Resume</c>.</summary>
    public FalJobToken? Token { get => _token; init => _token = value; }

    /// <summary>What the call cost, in the units of the endpoint's price; null if fal's answer has no cost, which means unknown, not zero.</summary>
    public decimal? BillableUnits { get => _billableUnits; init => _billableUnits = value; }

    /// <summary>Sets the caller's endpoint, and the request id if the exception has none.</summary>
    internal void SetCall(string? endpointId, string? requestId)
    {
        // The endpoint from a URL lacks its own path, so the caller's id wins.
        _endpointId = endpointId ?? _endpointId;
        _requestId ??= requestId;
    }

    /// <summary>Adds the token of the job.</summary>
    internal void Attach(FalJobToken? token) => _token ??= token;

    /// <summary>Adds what the call cost.</summary>
    internal void SetBillableUnits(decimal? billableUnits) => _billableUnits ??= billableUnits;

    /// <summary>Adds the answer that the error is about.</summary>
    internal void Quote(int status, FalErrorBody errorBody, decimal? billableUnits)
    {
        _statusCode = status;
        _billableUnits = billableUnits;
        _errorType = errorBody.ErrorType;
        _responseBody = errorBody.Text;
    }

    /// <summary>Returns the message with the endpoint and the request at its end, if known.</summary>
    internal static string Describe(string message, string? endpointId, string? requestId) => (endpointId, requestId) switch
    {
        (null, null) => message,
        (_, null) => $"{message} [endpoint {endpointId}]",
        (null, _) => $"{message} [request {requestId}]",
        _ => $"{message} [endpoint {endpointId}, request {requestId}]",
    };

    private protected static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
