using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>A request as far as its URL determines it: operation, endpoint and request id.</summary>
internal sealed record Call(FalOperation Operation, FalEndpointId? Endpoint = null, string? RequestId = null)
{
    private const string Requests = "/requests/";

    /// <summary>Parses the URL of a request to the queue.</summary>
    public static Call OfQueue(string method, string path)
    {
        var requests = path.LastIndexOf(Requests, StringComparison.Ordinal);
        if (requests < 0)
        {
            return HttpMethods.IsPost(method) && Id(path) is { } submitted ? new Call(FalOperation.Submit, submitted) : new Call(FalOperation.None);
        }
        var (requestId, rest) = SplitOff(path[(requests + Requests.Length)..]);
        if (Id(path[..requests]) is not { } endpoint || requestId.Length == 0) return new Call(FalOperation.None);
        var operation = (method.ToUpperInvariant(), rest) switch
        {
            ("GET", "") => FalOperation.Result,
            ("GET", "status") => FalOperation.Status,
            ("GET", "status/stream") => FalOperation.StatusStream,
            ("PUT", "cancel") => FalOperation.Cancel,
            _ => FalOperation.None,
        };
        return new Call(operation, endpoint, requestId);
    }

    /// <summary>Parses the URL of a request to the run host.</summary>
    public static Call OfRun(string method, string path)
    {
        if (!HttpMethods.IsPost(method) || Id(path) is not { } endpoint) return new Call(FalOperation.None);
        const string Stream = "/stream";
        return path.EndsWith(Stream, StringComparison.Ordinal) && Id(path[..^Stream.Length]) is { } streaming
            ? new Call(FalOperation.RunStream, streaming)
            : new Call(FalOperation.Run, endpoint);
    }

    private static FalEndpointId? Id(string path) => FalEndpointId.TryParse(path.Trim('/'), out var id) ? id : null;

    private static (string First, string Remainder) SplitOff(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..]);
    }
}
