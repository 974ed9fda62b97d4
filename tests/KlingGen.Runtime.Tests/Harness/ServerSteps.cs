using System.Text;

namespace Fal.Tests.Harness;

/// <summary>Steps for a <see cref="ScriptedServer"/>.</summary>
public static class ServerSteps
{
    /// <summary>Reads the request and answers with JSON; the connection stays open.</summary>
    public static ServerStep Json(string json, int status = 200, params string[] headers) => Reply(status, "application/json", json, headers);

    /// <summary>Reads the request and answers; the connection stays open.</summary>
    public static ServerStep Reply(int status, string contentType, string body, params string[] headers) => async exchange =>
    {
        await exchange.ReadBodyAsync();
        await exchange.SendAsync(Head(status, contentType, Encoding.UTF8.GetByteCount(body), headers) + body);
        return true;
    };

    /// <summary>Reads the request, sends this text as it is, and closes.</summary>
    public static ServerStep Raw(string text) => async exchange =>
    {
        await exchange.ReadBodyAsync();
        await exchange.SendAsync(text);
        return false;
    };

    /// <summary>Reads the whole request, then resets the connection.</summary>
    public static ServerStep ResetAfterReadingAll() => async exchange =>
    {
        await exchange.ReadBodyAsync();
        exchange.Reset();
        return false;
    };

    /// <summary>Reads half of the body, then resets the connection.</summary>
    public static ServerStep ResetAfterHalfTheBody() => async exchange =>
    {
        await exchange.ReadBodyAsync(exchange.ContentLength / 2);
        exchange.Reset();
        return false;
    };

    /// <summary>Reads the whole request, then closes in good order without an answer.</summary>
    public static ServerStep CloseAfterReadingAll() => async exchange =>
    {
        await exchange.ReadBodyAsync();
        return false;
    };

    /// <summary>Announces a longer body than it sends, then closes.</summary>
    public static ServerStep Truncated(string body, int missing = 10, int status = 200, params string[] headers) => async exchange =>
    {
        await exchange.ReadBodyAsync();
        await exchange.SendAsync(Head(status, "application/json", Encoding.UTF8.GetByteCount(body) + missing, headers) + body);
        return false;
    };

    /// <summary>Sends the head at once and each character of the body for itself.</summary>
    public static ServerStep ByteByByte(string body, string contentType = "application/json", int status = 200) => async exchange =>
    {
        await exchange.ReadBodyAsync();
        await exchange.SendAsync(Head(status, contentType, Encoding.UTF8.GetByteCount(body), []));
        foreach (var rune in body.EnumerateRunes())
        {
            await exchange.SendAsync(rune.ToString());
            await Task.Yield();
        }
        return true;
    };

    /// <summary>Reads the request and then says nothing until the server is disposed.</summary>
    public static ServerStep Silent() => async exchange =>
    {
        await exchange.ReadBodyAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, exchange.Stopping);
        return false;
    };

    /// <summary>Sends the head and the start of a body, then nothing more.</summary>
    public static ServerStep StallsInside(string start, int length, string contentType = "application/json") => async exchange =>
    {
        await exchange.ReadBodyAsync();
        await exchange.SendAsync(Head(200, contentType, length, []) + start);
        await Task.Delay(Timeout.InfiniteTimeSpan, exchange.Stopping);
        return false;
    };

    /// <summary>A redirect; without a place to go when <paramref name="location"/> is null.</summary>
    public static ServerStep Redirect(int status, string? location)
        => Reply(status, "text/plain", "", location is null ? [] : [$"Location: {location}"]);

    private static string Head(int status, string contentType, int length, string[] headers)
        => $"HTTP/1.1 {status} Scripted\r\nContent-Type: {contentType}\r\nContent-Length: "
            + $"{length}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";
}
