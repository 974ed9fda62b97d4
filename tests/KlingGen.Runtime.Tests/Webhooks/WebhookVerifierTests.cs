using System.Globalization;
using System.Text;
using Fal.Tests.Harness;

namespace Fal.Tests.Webhooks;

public class WebhookVerifierTests : WebhookFixture
{
    private const string RequestIdHeader = "X-Fal-Webhook-Request-Id";
    private const string UserIdHeader = "X-Fal-Webhook-User-Id";
    private const string TimestampHeader = "X-Fal-Webhook-Timestamp";
    private const string SignatureHeader = "X-Fal-Webhook-Signature";

    public static TheoryData<string> HeaderNames => [RequestIdHeader, UserIdHeader, TimestampHeader, SignatureHeader];

    [Fact]
    public async Task A_webhook_that_fal_signed_is_valid_and_tells_what_it_is()
    {
        using var verifier = Verifier();
        var result = await verifier.VerifyAsync(Body, Headers());

        Assert.True(result.IsValid);
        Assert.Equal(FalWebhookVerdict.Valid, result.Verdict);
        Assert.Equal(RequestId, result.RequestId);
        Assert.Equal("test-user", result.UserId);
        Assert.Equal(Time.GetUtcNow(), result.SentAt);
        Assert.Equal(Signer.KeyId, result.KeyId);
        Assert.Contains(RequestId, result.Message, StringComparison.Ordinal);
        Assert.StartsWith("valid: ", result.ToString(), StringComparison.Ordinal);
        Assert.Equal(17454220438242315174, result.Read().Payload.GetProperty("seed").GetUInt64());
        Assert.Equal("https://rest.fal.ai/.well-known/jwks.json", Fal.Request.Url.AbsoluteUri);
        Assert.Null(Fal.Request["Authorization"]);
        Fal.AssertAllDisposed();
        Assert.Equal(0, Time.PendingTimers);
    }

    [Fact]
    public async Task A_signature_that_another_library_made_verifies()
    {
        var signer = new FalWebhookSigner(Enumerable.Repeat((byte)7, 32).ToArray(), Time);
        var body = "{\"request_id\": \"abc\"}"u8.ToArray();
        var sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body));
        var text = Encoding.UTF8.GetBytes($"abc\nuser|1\n{Time.GetUtcNow().ToUnixTimeSeconds()}\n{sha}");
        var theirs = new Org.BouncyCastle.Crypto.Signers.Ed25519Signer();
        theirs.Init(true, new Org.BouncyCastle.Crypto.Parameters.Ed25519PrivateKeyParameters(Enumerable.Repeat((byte)7, 32).ToArray(), 0));
        theirs.BlockUpdate(text, 0, text.Length);
        var headers = new Dictionary<string, string>
        {
            [RequestIdHeader] = "abc",
            [UserIdHeader] = "user|1",
            [TimestampHeader] = Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            [SignatureHeader] = Convert.ToHexString(theirs.GenerateSignature()),
        };

        using var verifier = Verifier(Replies.Json(signer.Jwks));
        Assert.Equal(FalWebhookVerdict.Valid, await Verdict(verifier.VerifyAsync(body, headers)));
        Assert.Equal(headers[SignatureHeader], signer.Sign(body, "abc", "user|1")[SignatureHeader], ignoreCase: true);
    }

    [Fact]
    public async Task Headers_are_found_in_every_shape_and_case()
    {
        using var verifier = Verifier();
        var headers = Headers();
        Assert.True((await verifier.VerifyAsync(Body, headers.Select(h => KeyValuePair.Create(h.Key.ToUpperInvariant(), h.Value)))).IsValid);
        Assert.True((await verifier.VerifyAsync(Body, headers.Select(h => KeyValuePair.Create(h.Key.ToLowerInvariant(), h.Value)))).IsValid);

        using var message = new HttpRequestMessage();
        message.Headers.Add("Accept", ["a/b", "c/d"]);
        foreach (var (name, value) in headers) message.Headers.Add(name, value);
        Assert.True((await verifier.VerifyAsync(Body, message.Headers)).IsValid);

        var byName = headers.ToDictionary(h => h.Key, h => new[] { h.Value }, StringComparer.OrdinalIgnoreCase);
        Assert.True((await verifier.VerifyAsync(Body, name => byName[name])).IsValid);
        Assert.Equal(FalWebhookVerdict.MissingHeader, await Verdict(verifier.VerifyAsync(Body, _ => null)));
    }

    [Fact]
    public async Task The_hexadecimal_digits_of_a_signature_may_be_of_either_case()
    {
        using var verifier = Verifier();
        Assert.True((await verifier.VerifyAsync(Body, Headers(h => h[SignatureHeader] = h[SignatureHeader].ToUpperInvariant()))).IsValid);
        Assert.True((await verifier.VerifyAsync(Body, Headers(h => h[SignatureHeader] = h[SignatureHeader].ToLowerInvariant()))).IsValid);
    }

    [Theory]
    [MemberData(nameof(HeaderNames))]
    public async Task A_header_that_is_missing_empty_repeated_or_broken_is_refused_before_any_fetch(string name)
    {
        using var verifier = Verifier();
        Assert.Equal(FalWebhookVerdict.MissingHeader, await Verdict(verifier.VerifyAsync(Body, Headers(h => h.Remove(name)))));
        Assert.Equal(FalWebhookVerdict.MissingHeader, await Verdict(verifier.VerifyAsync(Body, Headers(h => h[name] = ""))));
        Assert.Equal(FalWebhookVerdict.MissingHeader, await Verdict(verifier.VerifyAsync(Body, Headers(h => h[name] = null!))));
        var twice = Headers();
        twice.Add(KeyValuePair.Create(name.ToLowerInvariant(), twice.Single(h => h.Key == name).Value));
        Assert.Equal(FalWebhookVerdict.RepeatedHeader, await Verdict(verifier.VerifyAsync(Body, twice)));
        Assert.Equal(FalWebhookVerdict.RepeatedHeader, await Verdict(
            verifier.VerifyAsync(Body, asked => twice.Where(h => h.Key.Equals(asked, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value))));
        foreach (var bad in new[] { "\n", "\r", "\r\n", "\0", "\t", "\u007f", "é", "\ud800", " \u2028" })
            Assert.Equal(FalWebhookVerdict.MalformedHeader, await Verdict(verifier.VerifyAsync(Body, Headers(h => h[name] += bad))));
        Assert.Equal(FalWebhookVerdict.MalformedHeader, await Verdict(verifier.VerifyAsync(Body, Headers(h => h[name] = new string('1', 1025)))));
        Assert.Equal(0, Fetches);
    }

    [Fact]
    public async Task A_line_feed_cannot_move_text_from_one_header_into_another()
    {
        // The joined lines of these two pairs are the same, so the same signature would fit both.
        using var verifier = Verifier();
        var headers = Headers(h => (h[RequestIdHeader], h[UserIdHeader]) = ($"{RequestId}\ntest-user", ""));
        Assert.False((await verifier.VerifyAsync(Body, headers)).IsValid);
        headers = Headers(h => (h[RequestIdHeader], h[UserIdHeader]) = (RequestId[..^1], RequestId[^1..] + "\ntest-user"));
        Assert.False((await verifier.VerifyAsync(Body, headers)).IsValid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("-126")]
    [InlineData("126")]
    [InlineData("127")]
    [InlineData("129")]
    [InlineData("130")]
    public async Task A_signature_of_another_length_is_refused(string how)
    {
        using var verifier = Verifier();
        var result = await verifier.VerifyAsync(Body, Headers(h => h[SignatureHeader] = how switch
        {
            "126" or "127" => h[SignatureHeader][..int.Parse(how, CultureInfo.InvariantCulture)],
            "129" => h[SignatureHeader] + "0",
            "130" => h[SignatureHeader] + "00",
            _ => how,
        }));
        Assert.Equal(how.Length == 0 ? FalWebhookVerdict.MissingHeader : FalWebhookVerdict.MalformedHeader, result.Verdict);
    }

    [Theory]
    [InlineData("g")]
    [InlineData(" ")]
    [InlineData("+")]
    [InlineData("x")]
    public async Task A_signature_with_anything_but_hexadecimal_digits_is_refused(string bad)
    {
        using var verifier = Verifier();
        Assert.Equal(
            FalWebhookVerdict.MalformedHeader,
            await Verdict(verifier.VerifyAsync(Body, Headers(h => h[SignatureHeader] = bad + h[SignatureHeader][1..]))));
    }

    [Fact]
    public async Task Another_body_account_time_or_signature_is_refused()
    {
        using var verifier = Verifier();
        var wrong = FalWebhookVerdict.WrongSignature;
        Assert.Equal(wrong, await Verdict(verifier.VerifyAsync(Body.AsMemory(1), Headers())));
        Assert.Equal(wrong, await Verdict(verifier.VerifyAsync(Body, Headers(h => h[UserIdHeader] = "another-user"))));
        Assert.Equal(wrong, await Verdict(verifier.VerifyAsync(Body, Headers(h => h[RequestIdHeader] = "another-request"))));
        Assert.Equal(wrong, await Verdict(verifier.VerifyAsync(Body, Headers(h => h[TimestampHeader] = "0" + h[TimestampHeader]))));
        Assert.Equal(wrong, await Verdict(verifier.VerifyAsync(Body, Headers(h => h[SignatureHeader] = new string('0', 128)))));
        Assert.Equal(wrong, await Verdict(verifier.VerifyAsync(Body, Headers(by: new FalWebhookSigner(Time)))));
    }

    [Fact]
    public async Task The_bytes_of_the_body_are_signed_and_not_their_meaning()
    {
        using var verifier = Verifier();
        var text = Encoding.UTF8.GetString(Body);
        Assert.False((await verifier.VerifyAsync(Encoding.UTF8.GetBytes(text.Replace(": ", ":", StringComparison.Ordinal)), Headers())).IsValid);
        Assert.False((await verifier.VerifyAsync(Encoding.UTF8.GetBytes("\ufeff" + text), Headers())).IsValid);
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsValid);
    }

    [Fact]
    public async Task Bodies_of_every_kind_verify()
    {
        byte[][] bodies =
        [
            [],
            [0xEF, 0xBB, 0xBF, .. Body],
            [0xFF, 0xFE, 0x80, 0xC0],
            Encoding.UTF8.GetBytes("""{"request_id": "\ud800", "status": "OK"}"""),
            new byte[20 * 1024 * 1024],
        ];
        using var verifier = Verifier();
        foreach (var body in bodies)
        {
            Assert.True((await verifier.VerifyAsync(body, Signer.Sign(body, RequestId))).IsValid);
            if (body.Length > 0) Assert.False((await verifier.VerifyAsync(body.AsMemory(0, body.Length - 1), Signer.Sign(body, RequestId))).IsValid);
        }
    }

    [Theory]
    [InlineData(-301, "too_old")]
    [InlineData(-300, "valid")]
    [InlineData(0, "valid")]
    [InlineData(300, "valid")]
    [InlineData(301, "too_new")]
    [InlineData(-86400, "too_old")]
    public async Task The_time_may_lie_five_minutes_off_and_no_more(int seconds, string expected)
    {
        using var verifier = Verifier();
        var result = await verifier.VerifyAsync(Body, Signer.Sign(Body, RequestId, sentAt: Time.GetUtcNow().AddSeconds(seconds)));
        Assert.Equal(expected, result.Verdict.ToString());
        if (!result.IsValid) Assert.Contains("clock", result.Message, StringComparison.Ordinal);
        Assert.Equal(result.IsValid ? 1 : 0, Fetches);
    }

    [Fact]
    public async Task The_tolerance_can_be_set_and_the_clock_moves()
    {
        using var verifier = Verifier(options => options.Tolerance = TimeSpan.FromSeconds(10));
        var headers = Headers();
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await verifier.VerifyAsync(Body, headers)).IsValid);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(FalWebhookVerdict.TooOld, await Verdict(verifier.VerifyAsync(Body, headers)));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1e9")]
    [InlineData(" 123")]
    [InlineData("123 ")]
    [InlineData("+123")]
    [InlineData("-123")]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("0x12")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999")]
    [InlineData("253402300800")]
    public async Task A_time_that_is_no_number_of_seconds_is_refused(string timestamp)
    {
        using var verifier = Verifier();
        Assert.Equal(FalWebhookVerdict.MalformedHeader, await Verdict(verifier.VerifyAsync(Body, Headers(h => h[TimestampHeader] = timestamp))));
    }

    [Fact]
    public async Task A_megabyte_of_digits_costs_no_time()
    {
        using var verifier = Verifier();
        var digits = new string('1', 1024 * 1024);
        foreach (var name in new[] { RequestIdHeader, TimestampHeader, SignatureHeader })
            await Patience.HoldsAsync(async () => Assert.False((await verifier.VerifyAsync(Body, Headers(h => h[name] = digits))).IsValid));
    }

    [Fact]
    public async Task Another_accounts_webhook_is_refused_where_the_account_is_known()
    {
        using var verifier = Verifier(options => options.UserId = "test-user");
        Assert.Equal(FalWebhookVerdict.OtherAccount, await Verdict(verifier.VerifyAsync(Body, Signer.Sign(Body, RequestId, "stranger"))));
        Assert.Equal(0, Fetches);
        Assert.Equal(FalWebhookVerdict.Valid, await Verdict(verifier.VerifyAsync(Body, Headers())));
    }

    [Fact]
    public async Task A_refused_webhook_gives_nothing_away()
    {
        using var verifier = Verifier();
        var result = await verifier.VerifyAsync(Body, Headers(h => h[SignatureHeader] = new string('0', 128)));
        Assert.False(result.IsValid);
        Assert.Null(result.RequestId);
        Assert.Null(result.UserId);
        Assert.Null(result.SentAt);
        Assert.Null(result.KeyId);
        Assert.DoesNotContain(RequestId, result.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(result.Read);
    }

    [Fact]
    public void A_verdict_is_an_open_word()
    {
        FalWebhookVerdict[] all =
        [
            FalWebhookVerdict.Valid, FalWebhookVerdict.MissingHeader, FalWebhookVerdict.RepeatedHeader, FalWebhookVerdict.MalformedHeader,
            FalWebhookVerdict.TooOld, FalWebhookVerdict.TooNew, FalWebhookVerdict.WrongSignature, FalWebhookVerdict.OtherAccount, FalWebhookVerdict
                .KeysUnavailable, default,
        ];
        Assert.Equal(all.Length, all.Select(verdict => verdict.ToString()).Distinct().Count());
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.True(FalWebhookVerdict.TooOld == all[4]);
        Assert.True(FalWebhookVerdict.TooOld != all[5]);
        Assert.False(FalWebhookVerdict.TooOld.Equals((object)"too_old"));
        Assert.True(all[0].Equals((object)FalWebhookVerdict.Valid));
        Assert.Equal("", default(FalWebhookVerdict).ToString());
        Assert.Equal(FalWebhookVerdict.TooOld, new FalWebhookVerdict("too_old"));
        Assert.Equal("too_old", FalWebhookVerdict.TooOld.Word);
    }

    [Fact]
    public async Task Nothing_given_is_said_at_once()
    {
        using var verifier = Verifier();
        await Assert.ThrowsAsync<ArgumentNullException>(
            async () => await verifier.VerifyAsync(Body, (IEnumerable<KeyValuePair<string, string>>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(
            async () => await verifier.VerifyAsync(Body, (IEnumerable<KeyValuePair<string, IEnumerable<string>>>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await verifier.VerifyAsync(Body, (Func<string, IEnumerable<string?>?>)null!));
    }
}
