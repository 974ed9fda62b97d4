using System.Text;
using Fal.Tests.Harness;

namespace Fal.Tests.Faults;

/// <summary>One thing that can go wrong with one call.</summary>
/// <param name="Class">Faults of one class differ in details only; the short form takes one of each.</param>
/// <param name="Name">For the message of a failing test.</param>
/// <param name="Answer">What the call is answered.</param>
/// <param name="NotProcessed">Whether it is certain that the server did not act on the request, by an oracle of this test's own.</param>
/// <param name="Id">The request id that the answer makes known, if it does.</param>
internal sealed record Fault(string Class, string Name, Answer Answer, bool NotProcessed, string? Id = null)
{
    private const string KnownId = "id-from-header";
    private const string Nginx = "<html><body><center>nginx</center></body></html>";
    private const string Surrogate = "\\ud800";

    private static readonly int[] Statuses =
    [
        200, 201, 202, 204, 206, 301, 302, 307, 400, 401, 403, 404, 408, 409, 413, 418, 422, 425, 429, 499, 500, 501, 502, 503, 504, 520, 599,
    ];

    private static readonly (string Name, string ContentType, byte[] Bytes)[] Bodies =
    [
        Text("empty", "application/json", ""), Text("object", "application/json", "{}"), Text("null", "application/json", "null"),
        Text("list", "application/json", "[1]"), Text("page", "text/html", "<h1>hello</h1>"), Text("nginx page", "text/html", Nginx),
        Text("detail", "application/json", """{"detail":"no","error_type":"odd"}"""),
        Text("details", "application/json", """{"detail":[{"loc":["body",1,null,{}],"msg":7,"type":[]}]}"""),
        Text("locked", "application/json", """{"detail":"User is locked. Reason: Exhausted balance."}"""),
        Text("cut JSON", "application/json", """{"status":"COMPL"""),
        Text("half surrogate name", "application/json", $$"""{"{{Surrogate}}":{"{{Surrogate}}":1},"detail":"x"}"""),
        Text("half surrogate value", "application/json", $$"""{"status":"{{Surrogate}}","detail":"{{Surrogate}}","request_id":"{{Surrogate}}"}"""),
        Text("deep", "application/json", new string('[', 300) + new string(']', 300)),
        Text("unknown charset", "application/json; charset=no-such", """{"detail":"x"}"""),
        Text("long", "text/plain", new string('x', 300 * 1024)),
        ("broken UTF-8", "application/json", [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']),
    ];

    private static readonly (string Name, string[] Headers)[] HeaderSets =
    [
        ("", []),
        ("signed", ["x-fal-request-id: " + KnownId]),
        ("garbage",
        [
            "x-fal-request-id: ../../evil", "Retry-After: 1e40", "Location: http://[", "X-Fal-Billable-Units: NaN", "ETag: odd", "Content-Range: odd",
        ]),
    ];

    /// <summary>All faults.</summary>
    public static IReadOnlyList<Fault> All { get; } = [.. Breaks(), .. Answers()];

    /// <summary>The first of each class.</summary>
    public static IReadOnlyList<Fault> OnePerClass { get; } = [.. All.DistinctBy(fault => fault.Class)];

    public override string ToString() => Name;

    private static IEnumerable<Fault> Breaks()
    {
        yield return new("refused", "refused", Replies.Refused(), NotProcessed: true);
        yield return new("reset", "reset", Replies.Reset(), NotProcessed: false);
        yield return new("timeout", "timeout", Replies.Fail(() => new TaskCanceledException("timed out")), NotProcessed: false);
        yield return new("handler", "a handler's own exception", Replies.Fail(() => new InvalidOperationException("circuit")), NotProcessed: false);
        foreach (var status in new[] { 200, 422, 500 })
        {
            foreach (var (name, headers) in HeaderSets)
            {
                var id = name == "signed" ? KnownId : null;
                Fault Of(string how, long? length, params BodyStep[] steps)
                    => new($"{how} {status}", $"{status} {name} {how}", Replies.Body("application/json", status, length, headers, steps), false, id);
                yield return Of("cut", 90, Replies.Send("{\"a"), Replies.Cut());
                yield return Of("short", 90, Replies.Send("{}"));
                yield return Of("cut without a length", null, Replies.Cut());
            }
        }
    }

    private static IEnumerable<Fault> Answers()
    {
        foreach (var status in Statuses)
        {
            foreach (var (body, contentType, bytes) in Bodies)
            {
                foreach (var (set, headers) in HeaderSets)
                {
                    var isIngress = status is 502 or 503 or 504 && body == "nginx page" && set == "";
                    // A garbage id signs an answer as well: something behind the proxy wrote it.
                    var kind = status is 200 or 500 ? $"{status} {body}" : "other " + status;
                    if (body == "object") kind = $"{status} {set}";
                    if (isIngress) kind = $"{status} ingress";
                    var notProcessed = status is 425 or 429 || isIngress;
                    var answer = Replies.Bytes(bytes, contentType, status, headers);
                    yield return new(kind, $"{status} {body} {set}", answer, notProcessed, set == "signed" ? KnownId : null);
                }
            }
        }
    }

    private static (string, string, byte[]) Text(string name, string contentType, string text) => (name, contentType, Encoding.UTF8.GetBytes(text));
}
