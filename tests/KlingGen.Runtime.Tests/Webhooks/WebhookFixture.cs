using System.Text;
using Fal.Tests.Harness;

namespace Fal.Tests.Webhooks;

/// <summary>A verifier on a fake clock, the signer whose keys it fetches, and a body that both have agreed on.</summary>
public abstract class WebhookFixture : CanaryTest
{
    protected const string RequestId = "0197a0c4-66a1-7d53-b8d2-6d5d2c8a9e11";

    // Written as fal's own serialiser writes, with a space after every colon and comma.
    protected static readonly byte[] Body = Encoding.UTF8.GetBytes(
        $$"""{"request_id": "{{RequestId}}", "gateway_request_id": "{{RequestId}}", "status": "OK", "payload": {"seed": 17454220438242315174}, "error": null}""");

    protected FakeTime Time { get; } = new();

    protected ScriptedHandler Fal { get; } = new();

    protected FalWebhookSigner Signer { get; }

    protected WebhookFixture()
    {
        Signer = new(Time);
        Canary.Watch(Fal);
    }

    protected int Fetches => Fal.Requests.Count;

    /// <summary>A verifier whose keys come from <paramref name="answers"/> in turn, or from <see cref="Signer"/> where there are none.</summary>
    protected FalWebhookVerifier Verifier(params Answer[] answers) => Verifier(null, answers);

    protected FalWebhookVerifier Verifier(Action<FalWebhookVerifierOptions>? set, params Answer[] answers)
    {
        Fal.On("GET", "/.well-known/jwks.json", answers.Length > 0 ? answers : [Replies.Json(Signer.Jwks)]);
        var options = new FalWebhookVerifierOptions { HttpHandler = Fal, TimeProvider = Time };
        set?.Invoke(options);
        return new(options);
    }

    /// <summary>The headers of a good webhook, then changed.</summary>
    protected List<KeyValuePair<string, string>> Headers(
        Action<Dictionary<string, string>>? change = null,
        FalWebhookSigner? by = null,
        string requestId = RequestId)
    {
        var headers = new Dictionary<string, string>((by ?? Signer).Sign(Body, requestId), StringComparer.OrdinalIgnoreCase);
        change?.Invoke(headers);
        return [.. headers];
    }

    protected static async Task<FalWebhookVerdict> Verdict(ValueTask<FalWebhookVerification> verification) => (await verification).Verdict;
}
