using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fal.Emulation;

/// <summary>
/// Journal of received requests: appends each to a file, one JSON object per line, flushed before the request is answered.
/// </summary>
internal sealed class RequestJournal : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly object _gate = new();
    private readonly FileStream _file;

    public RequestJournal(string path) => _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);

    /// <summary>Writes a request once; later calls do nothing.</summary>
    public void Write(FalReceivedRequest request)
    {
        if (!request.TryClaimJournal()) return;
        var line = Line(request);
        lock (_gate)
        {
            _file.Write(line);
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();

    private static byte[] Line(FalReceivedRequest request)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("at", request.At);
            json.WriteString("host", request.Service.ToString().ToLowerInvariant());
            json.WriteString("operation", request.Operation.ToString());
            json.WriteString("method", request.Method);
            json.WriteString("path", request.Path);
            json.WriteString("query", request.Query);
            if (request.EndpointId is { } endpoint) json.WriteString("endpoint", endpoint);
            if (request.RequestId is { } id) json.WriteString("requestId", id);
            json.WriteStartObject("headers");
            foreach (var (name, value) in request.Headers) json.WriteString(name, value);
            json.WriteEndObject();
            WriteBody(json, request.Body);
            json.WriteNumber("bodyLength", request.BodyLength);
            if (request.StatusCode is { } status) json.WriteNumber("status", status);
            if (request.Fault is { } fault) json.WriteString("fault", fault.Name);
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    // A JSON body stays JSON, on one line; other text is a string, and binary data is Base64 under another name.
    private static void WriteBody(Utf8JsonWriter json, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return;
        try
        {
            using var document = JsonDocument.Parse(body);
            using var line = new MemoryStream();
            // In a buffer of its own, because an unpaired surrogate fails in the middle.
            using (var part = new Utf8JsonWriter(line, Options)) document.RootElement.WriteTo(part);
            json.WritePropertyName("body");
            json.WriteRawValue(line.ToArray());
            return;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, truncated JSON, or JSON that is not Unicode.
        }
        try
        {
            json.WriteString("body", new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.Span));
        }
        catch (ArgumentException)
        {
            json.WriteBase64String("bodyBase64", body.Span);
        }
    }
}
