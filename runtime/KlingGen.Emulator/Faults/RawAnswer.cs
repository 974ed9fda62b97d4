using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Fal.Emulation;

/// <summary>
/// Writes to the connection past the web server, which would finish what a fault leaves unfinished, and which does not say when its bytes have left.
/// </summary>
internal sealed class RawAnswer(HttpContext context, Socket socket, Action<int> answered)
{
    /// <summary>Sends status and headers as they stand.</summary>
    /// <param name="length">The length of the body that should follow; null for one that ends with the connection.</param>
    public void SendHead(long? length)
    {
        var status = context.Response.StatusCode;
        answered(status);
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

    /// <summary>Ends the connection in order: what was sent arrives.</summary>
    public void Close() => socket.Shutdown(SocketShutdown.Both);

    /// <summary>Breaks the connection: the caller gets an error.</summary>
    public void Reset()
    {
        socket.Close(timeout: 0);
        context.Abort();
    }
}
