using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fal.Emulation;

/// <summary>One request that the emulator received. It appears when its headers have arrived; body and answer follow while it is worked on.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalReceivedRequest : IFaultRecord
{
    // What comes after is counted, not kept: an upload may be larger than memory.
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

    /// <summary>Which host it was for.</summary>
    public FalService Service { get; }

    /// <summary>What it asks for.</summary>
    public FalOperation Operation { get; }

    /// <summary>
    /// The endpoint that its address names: the whole id in a submit or a run, owner and app alone where a job is asked about. Null if it names none.
    /// </summary>
    public string? EndpointId { get; }

    /// <summary>The job that it is about: named by the address, or given to it when it was submitted. Null if there is none.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The method, in capitals.</summary>
    public string Method { get; }

    /// <summary>The path, as it was sent.</summary>
    public string Path { get; }

    /// <summary>The query with its question mark, as it was sent; empty if there is none.</summary>
    public string Query { get; }

    /// <summary>When it came, on the emulator's clock.</summary>
    public DateTimeOffset At { get; }

    /// <summary>
    /// The headers, several of one name joined by commas. Names are compared without regard to case. The secret of a
    /// key is replaced by <c>***</c>, as in <see cref="Path"/> and <see cref="Query"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body as far as it has arrived, cut at 1 MiB.</summary>
    public ReadOnlyMemory<byte> Body { get { lock (_body) return _body.WrittenMemory.ToArray(); } }

    /// <summary>How many bytes of the body have arrived, also those that are not kept.</summary>
    public long BodyLength { get; private set; }

    /// <summary>The body as text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The status code of the answer; null while there is none, and for ever if the connection was broken instead.</summary>
    public int? StatusCode { get; private set; }

    /// <summary>The fault that struck it; null if none did.</summary>
    public FalFault? Fault { get; internal set; }

    /// <summary>Whether it brought the key to a host that must not know it. It was refused with 400.</summary>
    public bool ShowedKey { get; internal set; }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public JsonElement BodyJson()
    {
        using var json = JsonDocument.Parse(Body);
        return json.RootElement.Clone();
    }

    /// <summary>Method, path and answer.</summary>
    public override string ToString() => $"{Method} {Path}{Query} -> {StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "no answer"}";

    /// <summary>Nothing that the web server says after this counts: the connection is not its any more.</summary>
    internal bool IsBroken { get; set; }

    void IFaultRecord.Break() => IsBroken = true;

    void IFaultRecord.Answered(int statusCode) => Answered(statusCode);

    /// <summary>True for the first caller, who writes the request to the journal.</summary>
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
