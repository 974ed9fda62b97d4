using System.Text;

namespace Fal.Tests.Webhooks;

public class WebhookSignerTests
{
    [Fact]
    public async Task What_the_signer_signs_verifies_on_the_systems_clock()
    {
        var signer = new FalWebhookSigner();
        using var verifier = new FalWebhookVerifier(new() { HttpHandler = signer.CreateJwksHandler() });
        var body = Encoding.UTF8.GetBytes(FalJson.Write(new FalWebhook { RequestId = "r1", Status = "OK" }));
        var result = await verifier.VerifyAsync(body, signer.Sign(body, "r1"));
        Assert.True(result.IsValid, result.ToString());
        Assert.Equal("r1", result.Read().RequestId);

        using var other = new FalWebhookVerifier(new() { HttpHandler = new FalWebhookSigner().CreateJwksHandler() });
        Assert.False((await other.VerifyAsync(body, signer.Sign(body, "r1"))).IsValid);
    }

    [Fact]
    public void The_handler_serves_synchronous_callers_too()
    {
        var signer = new FalWebhookSigner();
        using var client = new HttpClient(signer.CreateJwksHandler());
        using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "https://rest.fal.ai/.well-known/jwks.json"));
        using var reader = new StreamReader(response.Content.ReadAsStream());
        Assert.Equal(signer.Jwks, reader.ReadToEnd());
    }

    [Fact]
    public void A_seed_gives_the_same_key_and_signatures_for_ever()
    {
        var signer = new FalWebhookSigner(Convert.FromHexString(Ed25519Vectors.Rfc8032[0].Seed));
        Assert.Contains("\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"", signer.Jwks, StringComparison.Ordinal);
        Assert.Contains(signer.KeyId, signer.Jwks, StringComparison.Ordinal);
        var sentAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(signer.Sign("{}"u8, "r1", sentAt: sentAt), signer.Sign("{}"u8, "r1", sentAt: sentAt));
        Assert.Equal("1767225600", signer.Sign("{}"u8, "r1", sentAt: sentAt)["x-fal-webhook-timestamp"]);
    }

    [Fact]
    public void Ids_that_no_header_can_hold_are_refused()
    {
        var signer = new FalWebhookSigner();
        Assert.Throws<ArgumentException>(() => signer.Sign([], ""));
        Assert.Throws<ArgumentException>(() => signer.Sign([], "a\nb"));
        Assert.Throws<ArgumentException>(() => signer.Sign([], "r1", "\u00fc"));
        Assert.Throws<ArgumentException>(() => new FalWebhookSigner(new byte[31]));
    }
}
