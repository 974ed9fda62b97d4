using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Webhooks;

public class WebhookPayloadTests
{
    [Fact]
    public void A_success_carries_the_output_in_every_form()
    {
        var webhook = Read("""
            {"request_id": "r1", "gateway_request_id": "r2", "status": "OK", "error": null, "payload_error": null, "new_member": [1],
             "payload": {"video": {"url": "https://v3.fal.media/a.mp4", "file_size": 12}, "seed": 17454220438242315174, "scale": 0.10000000000000000001}}
            """);
        Assert.Equal("r1", webhook.RequestId);
        Assert.Equal("r2", webhook.GatewayRequestId);
        Assert.Equal("OK", webhook.Status);
        Assert.True(webhook.IsOk);
        Assert.Null(webhook.Error);
        Assert.Null(webhook.PayloadError);
        Assert.Empty(webhook.Problems);
        Assert.Equal(17454220438242315174, webhook.Payload.GetProperty("seed").GetUInt64());
        Assert.Equal("0.10000000000000000001", webhook.Payload.GetProperty("scale").GetRawText());

        var output = webhook.ReadPayload<Output>();
        Assert.Equal("https://v3.fal.media/a.mp4", output.Video.Url);
        Assert.Equal((Int128)17454220438242315174, output.Seed);
        Assert.Equal(12, webhook.ReadPayload<FalRawResult>().Json.GetProperty("video").GetProperty("file_size").GetInt32());
    }

    [Fact]
    public void A_failure_carries_the_problems_that_the_model_found()
    {
        var webhook = Read("""
            {"request_id": "r1", "status": "ERROR", "error": "Invalid status code: 422", "payload": {"detail": [
              {"loc": ["body", "elements", 0, "image_url"], "msg": "Image is too small", "type": "image_too_small", "url": "https://docs", "ctx": {"min_width": 300}, "input": "x"},
              {"loc": ["prompt"], "msg": "Field required", "type": "missing"},
              {"loc": "odd", "type": "odd"}, 7, {}]}}
            """);
        Assert.False(webhook.IsOk);
        Assert.Equal("Invalid status code: 422", webhook.Error);
        Assert.Equal(4, webhook.Problems.Count);
        var first = webhook.Problems[0];
        Assert.Equal("elements.0.image_url", first.Path);
        Assert.Equal("image_too_small", first.Type);
        Assert.Equal("Image is too small", first.Message);
        Assert.Equal(300, first.Context!.Value.GetProperty("min_width").GetInt32());
        Assert.Equal(("prompt", "missing"), (webhook.Problems[1].Path, webhook.Problems[1].Type));
        Assert.Equal(("odd", "odd"), (webhook.Problems[2].Path, webhook.Problems[2].Type));
        Assert.Equal("Elements[0].ImageUrl", first.Property);
        var failed = Assert.Throws<FalJobFailedException>(() => webhook.ReadPayload<Output>());
        Assert.Equal("r1", failed.RequestId);
        Assert.Equal(webhook.Problems, failed.Problems);
        Assert.Equal("image_too_small", failed.ErrorType);
        Assert.Contains("422", failed.Message, StringComparison.Ordinal);
        Assert.Contains("Image is too small", failed.ResponseBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail": "Path /x not found"}""", "Path /x not found", null, null)]
    [InlineData("""{"detail": "Timed out", "error_type": "request_timeout"}""", "Timed out", "request_timeout", true)]
    [InlineData("""{"detail": "half \ud800 a pair", "error_type": "bad_request"}""", "half \ufffd a pair", "bad_request", false)]
    [InlineData("null", "Invalid status code: 500", null, null)]
    public void A_failure_in_a_sentence_is_thrown_with_it(string payload, string sentence, string? type, bool? isTransient)
    {
        var webhook = Read($$"""{"request_id": "r1", "status": "ERROR", "error": "Invalid status code: 500", "payload": {{payload}}}""");
        Assert.Empty(webhook.Problems);
        var failed = Assert.Throws<FalJobFailedException>(() => webhook.ReadPayload<Output>());
        Assert.Contains(sentence, failed.Message, StringComparison.Ordinal);
        Assert.Equal(type, failed.ErrorType);
        Assert.Equal(isTransient, failed.IsTransient);
        Assert.Empty(failed.Problems);
    }

    [Fact]
    public void A_cancelled_job_is_said_to_be_cancelled() => Assert.Equal(
        "r1",
        Assert.Throws<FalJobCancelledException>(() => Read(
            """{"request_id": "r1", "status": "ERROR", "payload": {"detail": "x", "error_type":"""
                + """ "client_cancelled"}}""").ReadPayload<Output>()).RequestId);

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"detail": null}""")]
    [InlineData("""{"detail": []}""")]
    public void A_failure_without_details_has_no_problems(string payload) =>
        Assert.Empty(Read($$"""{"request_id": "r1", "status": "ERROR", "payload": {{payload}}}""").Problems);

    [Theory]
    [InlineData("""{"request_id": "r1", "status": "OK", "payload": null, "payload_error": "Response payload is not JSON serializable"}""")]
    [InlineData("""{"request_id": "r1", "status": "OK", "payload_error": "Response payload is not JSON serializable"}""")]
    public void An_output_that_could_not_be_sent_is_said(string json)
    {
        var webhook = Read(json);
        Assert.True(webhook.IsOk);
        Assert.True(webhook.Payload.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined);
        Assert.Equal("Response payload is not JSON serializable", webhook.PayloadError);
        var error = Assert.Throws<FalProtocolException>(() => webhook.ReadPayload<Output>());
        Assert.Contains("serializable", error.Message, StringComparison.Ordinal);
        Assert.Equal("r1", error.RequestId);
    }

    [Fact]
    public void Unknown_values_and_members_do_not_lose_the_webhook()
    {
        var webhook = Read("""{"request_id": "r1", "status": "EXPIRED", "error": {"code": 7}, "payload_error": ["a"]}""");
        Assert.Equal("EXPIRED", webhook.Status);
        Assert.False(webhook.IsOk);
        Assert.Equal("""{"code": 7}""", webhook.Error);
        Assert.Equal("""["a"]""", webhook.PayloadError);
        Assert.Empty(webhook.Problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"request_id": "r1"}""")]
    [InlineData("""{"status": "OK"}""")]
    [InlineData("""{"request_id": 5, "status": "OK"}""")]
    public void What_is_no_webhook_is_a_protocol_error_that_keeps_the_text(string body)
    {
        var error = Assert.Throws<FalProtocolException>(() => Read(body));
        Assert.Equal(body, error.RawJson.ToString());
    }

    [Fact]
    public void An_output_of_another_type_is_a_protocol_error_that_names_the_request()
    {
        var error = Assert.Throws<FalProtocolException>(
            () => Read("""{"request_id": "r1", "status": "OK", "payload": {"video": 5}}""").ReadPayload<Output>());
        Assert.Equal("r1", error.RequestId);
        Assert.Equal("$.video", error.JsonPath);
    }

    [Fact]
    public void A_byte_order_mark_and_half_a_surrogate_pair_do_no_harm()
    {
        var webhook = FalWebhook.Read(
            (byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"request_id": "r1", "status": "ERROR", "error": "\ud83d"}""")]);
        Assert.Equal("\ufffd", webhook.Error);
    }

    [Fact]
    public void A_webhook_can_be_made_for_a_test_written_and_read_back()
    {
        using var payload = JsonDocument.Parse("""{"seed": 17454220438242315174}""");
        var webhook = new FalWebhook
        {
            RequestId = "r1",
            GatewayRequestId = "r2",
            Status = "OK",
            Payload = payload.RootElement,
            Error = "e",
            PayloadError = "p"
        };
        var json = FalJson.Write(webhook);
        Assert.Equal(
            """{"request_id":"r1","gateway_request_id":"r2","status":"OK","payload":{"seed":17454220438242315174},"error":"e","payload_error":"p"}""",
            json.Replace(": ", ":", StringComparison.Ordinal));
        var read = FalJson.Read<FalWebhook>(json);
        Assert.Equal(webhook, read);
        Assert.Equal(webhook.GetHashCode(), read.GetHashCode());
        Assert.NotEqual(webhook, read with { Payload = default });
        Assert.Contains("r1", webhook.ToString(), StringComparison.Ordinal);

        var checks = new FalChecks();
        ((IFalObject<FalWebhook>)new FalWebhook { RequestId = null!, Status = null! }).Check(checks);
        Assert.Equal(["request_id", "status"], checks.Problems.Select(problem => problem.Path));
    }

    private static FalWebhook Read(string json) => FalWebhook.Read(Encoding.UTF8.GetBytes(json));

    private sealed record Output(FalFile Video, Int128? Seed) : IFalObject<Output>
    {
        static Output IFalObject<Output>.Read(ref FalJsonReader json)
        {
            FalFile? video = null;
            Int128? seed = null;
            json.StartObject();
            while (json.NextMember())
            {
                if (json.Is("video"u8)) video = json.Object<FalFile>();
                else if (json.Is("seed"u8)) seed = json.Wide();
                else json.Skip();
            }

            return new(json.Required(video, "video"), seed);
        }

        void IFalObject<Output>.Write(FalJsonWriter json)
        {
            json.StartObject();
            json.Object("video"u8, Video);
            json.Wide("seed"u8, Seed);
            json.EndObject();
        }

        void IFalObject<Output>.Check(FalChecks checks) => checks.Object("video", Video);
    }
}
