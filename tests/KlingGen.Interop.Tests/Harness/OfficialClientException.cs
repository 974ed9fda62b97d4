using System.Text.Json.Nodes;

namespace KlingGen.Interop.Tests.Harness;

/// <summary>What fal's own client threw.</summary>
internal sealed class OfficialClientException(JsonObject error) : Exception($"{error["name"]}: {error["message"]} {error["cause"]}")
{
    /// <summary>The name of the JavaScript class: <c>ApiError</c>, <c>ValidationError</c>.</summary>
    public string? Name => (string?)error["name"];

    /// <summary>The HTTP status, for errors that have one.</summary>
    public int? Status => (int?)error["status"];

    /// <summary>The answer's body as the client read it.</summary>
    public JsonNode? Body => error["body"];

    /// <summary>fal's id of the request, from the answer's header.</summary>
    public string? RequestId => (string?)error["requestId"];

    /// <summary>Whose time limit it was, from the answer's header: <c>user</c>.</summary>
    public string? TimeoutType => (string?)error["timeoutType"];

    /// <summary>What a validation error says about each field.</summary>
    public JsonArray? FieldErrors => error["fieldErrors"]?.AsArray();
}
