using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Fal.Emulation;

/// <summary>
/// Writes to the raw socket, bypassing the web server. The server would complete the response that a fault leaves
/// incomplete, and does not report when its bytes were sent. The journal has the call before its first byte or its end.
/// </summary>
internal sealed class RawAnswer(HttpContext context, Socket socket, IFaultRecord record, Action journal)
{
    /// <summary>Sends the current status and headers.</summary>
    /// <param name="length">The value of <c>Content-Length</c>; null for a body that ends with the connection.</param>
    public void SendHead(long? length)
    {
        var status = context.Response.StatusCode;
        record.Answered(status);
        journal();
        var head = new StringBuilder($"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\n");
        foreach (var (name, values) in context.Response.Headers)
        {
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) continue;
            head.Append(name).Append(": ").Append(values.ToString()).Append("\r\n");
        }
        head.Append(length is { } known ? $"Content-Length: {known}\r\n\r\n" : "Connection: close\r\n\r\n");
        Send(Encoding.Latin1.GetBytes(head.ToString()));
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[socket.Send(bytes)..];
    }

    /// <summary>Closes the connection gracefully: the sent bytes arrive.</summary>
    public void Close()
    {
        journal();
        socket.Shutdown(SocketShutdown.Both);
    }

    /// <summary>Resets the connection: the caller gets an error.</summary>
    public void Reset()
    {
        journal();
        socket.Close(timeout: 0);
        context.Abort();
    }
}
