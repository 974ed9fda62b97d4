using System.Net;
using System.Text;
using Fal.Tests.Harness;
using Fal.Tests.Transport;

namespace Fal.Tests.Webhooks;

public class WebhookKeysTests : WebhookFixture
{
    private FalWebhookSigner Other { get; }

    public WebhookKeysTests() => Other = new(Time);

    [Fact]
    public async Task A_thousand_bad_webhooks_cause_one_fetch()
    {
        using var verifier = Verifier();
        var bad = Headers(h => h["X-Fal-Webhook-Signature"] = new string('0', 128));
        var results = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => Verdict(verifier.VerifyAsync(Body, bad)))));
        Assert.All(results, verdict => Assert.Equal(FalWebhookVerdict.WrongSignature, verdict));
        Assert.Equal(1, Fetches);
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
        Assert.Equal(1, Fetches);
    }

    [Fact]
    public async Task A_thousand_webhooks_while_the_keys_are_out_of_reach_cause_one_fetch_and_are_refused()
    {
        using var verifier = Verifier(Replies.Refused());
        for (var i = 0; i < 1000; i++) Assert.Equal(FalWebhookVerdict.KeysUnavailable, await Verdict(verifier.VerifyAsync(Body, Headers())));
        Assert.Equal(1, Fetches);
    }

    [Fact]
    public async Task Any_key_of_the_set_may_match()
    {
        using var verifier = Verifier(Replies.Json(Set(Key(Signer), Key(Other))));
        Assert.Equal(Signer.KeyId, (await verifier.VerifyAsync(Body, Headers())).KeyId);
        Assert.Equal(Other.KeyId, (await verifier.VerifyAsync(Body, Headers(by: Other))).KeyId);
        Assert.Equal(1, Fetches);
    }

    [Fact]
    public async Task A_new_key_is_fetched_once_when_none_matches_and_not_again_within_the_interval()
    {
        using var verifier = Verifier(Replies.Json(Signer.Jwks), Replies.Json(Other.Jwks), Replies.Json(Signer.Jwks));
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
        Assert.False((await verifier.VerifyAsync(Body, Headers(by: Other))).IsValid);
        Assert.Equal(1, Fetches);

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await verifier.VerifyAsync(Body, Headers(by: Other))).IsValid);
        Assert.Equal(2, Fetches);

        // The old key is gone with the old set, and the interval restarts.
        Assert.Equal(FalWebhookVerdict.WrongSignature, await Verdict(verifier.VerifyAsync(Body, Headers())));
        Assert.Equal(2, Fetches);
    }

    [Fact]
    public async Task Keys_are_kept_for_half_their_lifetime_without_a_question()
    {
        using var verifier = Verifier();
        for (var hours = 0; hours < 12; hours++)
        {
            Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
            Time.Advance(TimeSpan.FromHours(0.99));
        }

        Assert.Equal(1, Fetches);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
        Assert.Equal(2, Fetches);
    }

    public static TheoryData<string> Failures
        => ["500", "html", "refused", "reset", "redirect", "not json", "not a set", "no key", "too long", "cut", "a handler that is broken"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Old_keys_stay_good_until_their_limit_when_new_ones_cannot_be_had_and_then_all_is_refused(string failure)
    {
        using var verifier = Verifier(Replies.Json(Signer.Jwks), Failure(failure));
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);

        Time.Advance(TimeSpan.FromHours(23.9));
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
        Assert.Equal(2, Fetches);

        Time.Advance(TimeSpan.FromHours(0.1));
        var result = await verifier.VerifyAsync(Body, Headers());
        Assert.Equal(FalWebhookVerdict.KeysUnavailable, result.Verdict);
        Assert.Contains("rest.fal.ai", result.Message, StringComparison.Ordinal);
        Assert.Equal(3, Fetches);
        Fal.AssertAllDisposed();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Without_keys_all_is_refused_until_a_fetch_succeeds(string failure)
    {
        using var verifier = Verifier(Failure(failure), Replies.Json(Signer.Jwks));
        Assert.Equal(FalWebhookVerdict.KeysUnavailable, await Verdict(verifier.VerifyAsync(Body, Headers())));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fetch_that_hangs_ends_at_its_limit(bool insideTheBody)
    {
        using var verifier = Verifier(
            insideTheBody ? Replies.Body("application/json", 200, null, [], Replies.Send("{"), Replies.Stall()) : Replies.Never());
        var waiting = Verdict(verifier.VerifyAsync(Body, Headers()));
        await Time.TimersPendingAsync();
        await Fal.RequestsSeenAsync(1);
        Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(waiting.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(FalWebhookVerdict.KeysUnavailable, await waiting.WaitAsync(TimeSpan.FromSeconds(20)));
        Fal.AssertAllDisposed();
        Assert.Equal(0, Time.PendingTimers);
    }

    [Fact]
    public async Task A_fetch_that_hangs_leaves_the_old_keys_in_use()
    {
        using var verifier = Verifier(Replies.Json(Signer.Jwks), Replies.Never());
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
        Time.Advance(TimeSpan.FromHours(13));
        var waiting = Verdict(verifier.VerifyAsync(Body, Headers()));
        await Fal.RequestsSeenAsync(2);
        await Time.TimersPendingAsync();
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(FalWebhookVerdict.Valid, await waiting.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Cancelled_caller_does_not_end_the_shared_key_fetch()
    {
        var gate = new Gate();
        using var verifier = Verifier(gate.Answer);
        using var impatient = new CancellationTokenSource();
        var first = Verdict(verifier.VerifyAsync(Body, Headers(), impatient.Token));
        var second = Verdict(verifier.VerifyAsync(Body, Headers()));
        await gate.ReachedAsync();
        await impatient.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(impatient.Token, cancelled.CancellationToken);
        gate.Open(Replies.Json(Signer.Jwks));
        Assert.Equal(FalWebhookVerdict.Valid, await second.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(1, Fetches);
    }

    [Fact]
    public async Task Keys_of_other_kinds_and_broken_keys_are_skipped()
    {
        var x = X(Signer);
        string[] skipped =
        [
            """{"kty":"RSA","n":"AQAB","e":"AQAB"}""",
            """{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}""",
            $$"""{"kty":"OKP","crv":"X25519","x":"{{x}}"}""",
            $$"""{"kty":"OKP","crv":"Ed448","x":"{{x}}"}""",
            $$"""{"kty":"OKP","crv":"Ed25519","use":"enc","x":"{{x}}"}""",
            $$"""{"kty":7,"crv":"Ed25519","x":"{{x}}"}""",
            """{"kty":"OKP","crv":"Ed25519"}""",
            """{"kty":"OKP","crv":"Ed25519","x":5}""",
            """{"kty":"OKP","crv":"Ed25519","x":"\ud800"}""",
            """{"kty":"OKP","crv":"Ed25519","x":""}""",
            $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Url(new byte[31])}}"}""",
            $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Url(new byte[33])}}"}""",
            $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Url(new byte[32])}}"}""",
            $$"""{"kty":"OKP","crv":"Ed25519","x":"{{x[..42]}}!"}""",
            $$"""{"kty":"OKP","crv":"Ed25519","x":"{{x[..42]}}+"}""",
            "5", "null", "[]",
        ];
        foreach (var key in skipped) Assert.Empty(Jwks.Read(Encoding.UTF8.GetBytes(Set(key))));

        using var verifier = Verifier(Replies.Json(Set([.. skipped, Key(Signer)])));
        Assert.Equal(Signer.KeyId, (await verifier.VerifyAsync(Body, Headers())).KeyId);
    }

    [Fact]
    public void Padded_and_bare_keys_are_read_with_or_without_a_kind()
    {
        // This key has both characters in which base64url differs from base64.
        var seed = Enumerable.Range(0, 10_000).Select(i => BitConverter.GetBytes(i).Concat(new byte[28]).ToArray())
            .First(s => X(new(s)) is var x && x.Contains('-') && x.Contains('_'));
        var x = X(new(seed));
        foreach (var json in new[] {
            $$"""{"x":"{{x}}"}""",
            $$"""{"x":"{{x}}="}""",
            $$"""{"kty":"OKP","crv":"Ed25519","unknown":{"a":[1]},"x":"{{x}}=","kid":null}""" })
        {
            var key = Assert.Single(Jwks.Read(Encoding.UTF8.GetBytes(Set(json))));
            Assert.Equal(x, Url(key.Key.Bytes));
            Assert.Null(key.Id);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":null}""")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[""")]
    [InlineData("<html></html>")]
    public void What_is_no_key_set_has_no_keys(string text) => Assert.Empty(Jwks.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Redirects_are_not_followed_by_the_verifiers_own_client()
    {
        await using var evil = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json(Signer.Jwks)));
        await using var server = new ScriptedServer(
            [.. new[] { 301, 302, 303, 307, 308 }.Select(status => ServerSteps.Redirect(status, evil.Address + "jwks.json"))]);
        using var verifier = new FalWebhookVerifier(new() { JwksAddress = new(server.Address, "jwks.json"), TimeProvider = Time });
        for (var i = 1; i <= 5; i++)
        {
            var result = await verifier.VerifyAsync(Body, Headers());
            Assert.Equal(FalWebhookVerdict.KeysUnavailable, result.Verdict);
            Assert.Contains("status 30", result.Message, StringComparison.Ordinal);
            Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(i, server.Requests.Count);
        }

        Assert.Equal(0, evil.Connections);
    }

    [Fact]
    public async Task An_answer_that_a_users_client_fetched_by_a_redirect_is_refused()
    {
        await using var evil = new ScriptedServer(ServerSteps.Json(Signer.Jwks));
        await using var server = new ScriptedServer(ServerSteps.Redirect(302, evil.Address + "jwks.json"));
        using var client = new HttpClient();
        using var verifier = new FalWebhookVerifier(
            new() { JwksAddress = new(server.Address, "jwks.json"), TimeProvider = Time, HttpClient = client });
        var result = await verifier.VerifyAsync(Body, Headers());
        Assert.Equal(FalWebhookVerdict.KeysUnavailable, result.Verdict);
        Assert.Contains("redirect", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_users_client_is_used_and_left_alone()
    {
        await using var server = new ScriptedServer(ServerSteps.Json(Signer.Jwks));
        using var client = new HttpClient();
        using (var verifier = new FalWebhookVerifier(
            new() { JwksAddress = new(server.Address, "jwks.json"), TimeProvider = Time, HttpClient = client }))
            Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(server.Address)).StatusCode);
        Assert.Equal("application/json", server.Requests[0]["Accept"]);
    }

    [Fact]
    public async Task A_client_of_fal_fetches_the_keys_without_showing_its_own()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("GET", "/.well-known/jwks.json", Replies.Json("{}", 503), Replies.Json(Signer.Jwks));
        using (var verifier = new FalWebhookVerifier(fal.Client))
        {
            var signer = new FalWebhookSigner(fal.Time);
            Assert.Equal(FalWebhookVerdict.WrongSignature, await Verdict(verifier.VerifyAsync(Body, signer.Sign(Body, RequestId))));
            Assert.Equal(
                FalWebhookVerdict.Valid,
                await Verdict(verifier.VerifyAsync(Body, Signer.Sign(Body, RequestId, sentAt: fal.Time.GetUtcNow()))));
        }

        // The 503 was asked again, as the client's rules have it; then the keys were kept.
        Assert.Equal(2, fal.Handler.Requests.Count);
        Assert.All(fal.Handler.Requests, request => Assert.Equal("https://rest.fal.ai/.well-known/jwks.json", request.Url.AbsoluteUri));
        Assert.All(fal.Handler.Requests, request => Assert.Null(request["Authorization"]));
        Assert.All(fal.Handler.Requests, request => Assert.Equal("application/json", request["Accept"]));
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task The_keys_of_an_emulator_lie_below_the_clients_own_address()
    {
        using var fal = new TestFal(
            Canary,
            change: options => (options.RestAddress, options.AllowHttpOnLoopback) = (new("http://127.0.0.1:9/rest/"), true));
        Canary.Watch(fal.Handler);
        fal.Handler.On("GET", "http://127.0.0.1:9/rest/.well-known/jwks.json", Replies.Json(Signer.Jwks));
        using var verifier = new FalWebhookVerifier(fal.Client);
        Assert.True((await verifier.VerifyAsync(Body, Signer.Sign(Body, RequestId, sentAt: fal.Time.GetUtcNow()))).IsValid);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Files_of_a_verified_webhook_know_the_client_that_can_download_them(bool givenLater)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("GET", "/.well-known/jwks.json", Replies.Json(Signer.Jwks));
        using var verifier = givenLater
            ? new FalWebhookVerifier(new() { HttpHandler = fal.Handler, TimeProvider = Time })
            : new FalWebhookVerifier(fal.Client, new() { TimeProvider = Time });
        var body = Encoding.UTF8.GetBytes("""{"request_id": "r1", "status": "OK", "payload": {"url": "https://v3.fal.media/a.mp4"}}""");
        var webhook = (await verifier.VerifyAsync(body, Signer.Sign(body, "r1"))).Read();
        var file = webhook.ReadPayload<FalFile>(givenLater ? fal.Client : null);
        Assert.Same(fal.Transport, file.Context!.Transport);
        Assert.Equal("r1", file.Context.RequestId);
    }

    [Fact]
    public async Task A_key_set_without_end_is_given_up()
    {
        var sent = 0;
        BodyStep more = _ => ValueTask.FromResult<ReadOnlyMemory<byte>>(new byte[1024 + 0 * ++sent]);
        using var verifier = Verifier(Replies.Body("application/json", 200, null, [], [.. Enumerable.Repeat(more, 100_000)]));
        Assert.Equal(FalWebhookVerdict.KeysUnavailable, await Verdict(verifier.VerifyAsync(Body, Headers())));
        Assert.InRange(sent, 64, 66);
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_at_once()
    {
        foreach (var bad in new[] {
            "http://rest.fal.ai/jwks.json",
            "ftp://rest.fal.ai/jwks.json",
            "file:///etc/jwks.json",
            "https://user@rest.fal.ai/",
            "//rest.fal.ai/jwks.json" })
            Assert.Throws<ArgumentException>(() => new FalWebhookVerifier(new() { JwksAddress = new(bad, UriKind.RelativeOrAbsolute) }));
        Assert.Throws<ArgumentNullException>(() => new FalWebhookVerifier(client: null!));
        using var http = new HttpClient();
        using var fal = new TestFal(Canary);
        Assert.Throws<ArgumentException>(() => new FalWebhookVerifier(new() { HttpClient = http, HttpHandler = Fal }));
        Assert.Throws<ArgumentException>(() => new FalWebhookVerifier(fal.Client, new() { HttpClient = http }));
        Assert.Throws<ArgumentException>(() => new FalWebhookVerifier(fal.Client, new() { HttpHandler = Fal }));
        Assert.Throws<ArgumentException>(() => new FalWebhookVerifier(new() { KeyLifetime = TimeSpan.FromHours(24.1) }));
        Assert.Throws<ArgumentException>(() => new FalWebhookVerifier(new() { KeyLifetime = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => new FalWebhookVerifier(new() { Tolerance = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentException>(() => new FalWebhookVerifier(new() { RefetchInterval = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => new FalWebhookVerifier(new() { FetchTimeout = TimeSpan.Zero }));
        new FalWebhookVerifier().Dispose();
    }

    [Fact]
    public async Task Shorter_times_can_be_set()
    {
        using var verifier = Verifier(
            options => (options.KeyLifetime, options.RefetchInterval, options.FetchTimeout) = (TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(
                1), TimeSpan.FromSeconds(2)),
            Replies.Json(Signer.Jwks), Replies.Refused());
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(Time.Deadlines));
        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
        Assert.Equal(3, Fetches);
        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.False((await verifier.VerifyAsync(Body, Headers())).IsValid);
    }

    private Answer Failure(string kind) => kind switch
    {
        "500" => Replies.Json("""{"detail":"no"}""", 500),
        "html" => Replies.Html("<html><body>Sign in</body></html>"),
        "refused" => Replies.Refused(),
        "reset" => Replies.Reset(),
        "redirect" => Replies.Empty(302, "Location: https://evil.example/jwks.json"),
        "not json" => Replies.Json("{\"keys\": ["),
        "not a set" => Replies.Json("[1, 2, 3]"),
        "no key" => Replies.Json("""{"keys":[]}"""),
        "too long" => Replies.Json(Signer.Jwks.PadRight(64 * 1024 + 1)),
        "cut" => Replies.Body("application/json", 200, 100, [], Replies.Send("{\"keys\""), Replies.Cut()),
        _ => Replies.Fail(() => new NotSupportedException("broken")),
    };

    private static string Set(params string[] keys) => $$"""{"keys":[{{string.Join(",", keys)}}]}""";

    private static string Key(FalWebhookSigner signer) => signer.Jwks["{\"keys\":[".Length..^2];

    private static string X(FalWebhookSigner signer) => Key(signer).Split("\"x\":\"")[1].Split('"')[0];

    private static string Url(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
