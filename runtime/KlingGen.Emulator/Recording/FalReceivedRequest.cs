using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fal.Emulation;

/// <summary>
/// A request that the emulator received. It is added when its headers have arrived; the body and the response are added
/// while it is processed.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalReceivedRequest : IFaultRecord
{
    // Further bytes are counted but not stored, because an upload may be larger than memory.
    internal const int MostKept = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _body = new();
    private int _isInJournal;

    internal FalReceivedRequest(
        FalService service,
        Call call,
        string method,
        string path,
        string query,
        DateTimeOffset at,
        IReadOnlyDictionary<string, string> headers)
    {
        Service = service;
        Operation = call.Operation;
        EndpointId = call.Endpoint?.ToString();
        RequestId = call.RequestId;
        Method = method;
        Path = path;
        Query = query;
        At = at;
        Headers = headers;
    }

    /// <summary>The host that received it.</summary>
    public FalService Service { get; }

    /// <summary>The operation.</summary>
    public FalOperation Operation { get; }

    /// <summary>
    /// The endpoint in the URL: the complete id for a submit or a run, only owner and app for a call about a job. Null if there is none.
    /// </summary>
    public string? EndpointId { get; }

    /// <summary>The request id of its job, from the URL or assigned on submit. Null if there is none.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The HTTP method in upper case.</summary>
    public string Method { get; }

    /// <summary>The path as received.</summary>
    public string Path { get; }

    /// <summary>The query as received, with its question mark; empty if there is none.</summary>
    public string Query { get; }

    /// <summary>The time of receipt, on the emulator's clock.</summary>
    public DateTimeOffset At { get; }

    /// <summary>
    /// The headers; several values of one header are joined with commas. Names are case-insensitive. The secret of a key is
    /// replaced with <c>***</c>, as in <see cref="Path"/> and <see cref="Query"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body received so far, truncated at 1 MiB.</summary>
    public ReadOnlyMemory<byte> Body { get { lock (_body) return _body.WrittenMemory.ToArray(); } }

    /// <summary>The number of body bytes received so far, including those that are not stored.</summary>
    public long BodyLength { get; private set; }

    /// <summary>The length of <see cref="Body"/>.</summary>
    internal int KeptLength { get { lock (_body) return _body.WrittenCount; } }

    /// <summary>The length that the log has counted; null if the log does not have the request any more.</summary>
    internal int? LoggedLength { get; set; } = 0;

    /// <summary>The body as a string.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The status code of the response; null if there is none yet, or if the connection was aborted.</summary>
    public int? StatusCode { get; private set; }

    /// <summary>The fault that struck the request; null if there was none.</summary>
    public FalFault? Fault { get; internal set; }

    /// <summary>Whether the request sent the key to a host that must not receive it. It was refused with 400.</summary>
    public bool ShowedKey { get; internal set; }

    /// <summary>Parses the body as JSON.</summary>
    /// <exception cref="JsonException">The body is not valid JSON.</exception>
    public JsonElement BodyJson()
    {
        using var json = JsonDocument.Parse(Body);
        return json.RootElement.Clone();
    }

    /// <summary>Returns the method, the path, the query and the status code.</summary>
    public override string ToString() => $"{Method} {Path}{Query} -> {StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "no answer"}";

    /// <summary>Whether the connection was taken from the web server; statuses that the server reports later are ignored.</summary>
    internal bool IsBroken { get; set; }

    void IFaultRecord.Break() => IsBroken = true;

    void IFaultRecord.Answered(int statusCode) => Answered(statusCode);

    /// <summary>Returns true for the first caller, which writes the request to the journal.</summary>
    internal bool TryClaimJournal() => Interlocked.Exchange(ref _isInJournal, 1) == 0;

    internal void Answered(int statusCode) => StatusCode = statusCode;

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_body)
        {
            BodyLength += bytes.Length;
            var room = (int)Math.Min(bytes.Length, MostKept - _body.WrittenCount);
            if (room > 0) _body.Write(bytes[..room]);
        }
    }
}
