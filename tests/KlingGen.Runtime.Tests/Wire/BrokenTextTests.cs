using System.Text;
using System.Text.Json;
using Fal.Media;
using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>Unpaired surrogates and bytes that are not UTF-8 are never an exception of System.Text.Json, wherever in an answer they are.</summary>
public sealed class BrokenTextTests
{
    private const string Half = """{"\ud800":"\udc00","prompt":"a\ud83d","p\ud83d":1,"weights":{"\ud800":1},"metadata":{"\ud800":["\ud800"]}}""";

    [Fact]
    public void Reader_replaces_unpaired_surrogates_in_names_and_values()
    {
        var request = FalJson.Read<TextToClipRequest>(Half);

        Assert.Equal("a\uFFFD", request.Prompt);
        Assert.Equal("\uFFFD", Assert.Single(request.Weights!).Key);
        var member = Assert.Single(request.Metadata!.Value.EnumerateObject());
        Assert.Equal("\uFFFD", member.Name);
        Assert.Equal("\uFFFD", member.Value[0].GetString());
        Assert.Equal(request, FalJson.Read<TextToClipRequest>(FalJson.Write(request)));
    }

    [Fact]
    public void Reader_names_a_path_with_an_unpaired_surrogate()
    {
        var error = Assert.Throws<FalProtocolException>(() => FalJson.Read<TextToClipRequest>("""{"weights":{"\ud800":"x"}}"""));

        Assert.Equal("$.weights['\uFFFD']", error.JsonPath);
    }

    [Fact]
    public void Lookahead_finds_members_behind_a_broken_name()
        => Assert.Equal("circle", Probe.Read("""{"\ud800":1,"type":"circle"}""", static (ref FalJsonReader json) =>
        {
            var type = json.MemberText("type"u8);
            json.Skip();
            return type;
        }));

    [Fact]
    public void Elements_of_raw_json_can_be_read_whole()
    {
        byte[] broken = [.. "{\"a"u8, 0xFF, .. "\":\"b"u8, 0xC3, .. "\",\"\\ud800\":\"\\ud800\",\"n\":1.50}"u8];

        var element = new FalRawJson(broken).ToElement();

        var members = element.EnumerateObject().Take(2).Select(member => $"{member.Name}:{member.Value.GetString()}");
        Assert.Equal(["a\uFFFD:b\uFFFD", "\uFFFD:\uFFFD"], members);
        Assert.Equal("1.50", element.GetProperty("n").GetRawText());
        Assert.Equal("""{"a":"\ud83d\ude00"}""", FalRawJson.FromJson("""{"a":"\ud83d\ude00"}""").ToElement().GetRawText(), ignoreCase: true);
    }

    [Fact]
    public void Status_with_a_broken_member_name_is_read()
    {
        var status = """
            {"\ud800":1,"status":"IN_QUEUE","queue_position":2,"logs":[{"\ud800":"x","message":"m\ud800"}],
            "metrics":{"\ud800":1,"inference_time":2}}
            """u8;
        Assert.True(StatusReader.TryRead(status, out var reading));

        Assert.Equal(FalJobState.InQueue, reading.State);
        Assert.Equal(2, reading.QueuePosition);
        Assert.Equal(2, reading.InferenceSeconds);
        Assert.Equal("m\uFFFD", Assert.Single(reading.Logs!).Message);
    }

    [Fact]
    public void Status_with_bytes_that_are_not_utf8_is_read()
    {
        byte[] status = [.. "{\"status\":\"COMPLETED\",\"error\":{\"a\":\""u8, 0xFF, .. "\"}}"u8];

        Assert.True(StatusReader.TryRead(status, out var reading));
        using var error = JsonDocument.Parse(reading.Error!);
        Assert.Equal("\uFFFD", error.RootElement.GetProperty("a").GetString());
    }

    [Fact]
    public void Submit_answer_with_a_broken_member_name_gives_the_job()
    {
        var answer = """{"\ud800":1,"request_id":"abc-1","status_url":"\ud800"}"""u8;
        var job = JobAddress.FromAnswer(FalEndpointId.Parse("acme/lumen"), answer, null, new Uri("https://queue.fal.run"));

        Assert.Equal("abc-1", job!.RequestId);
    }

    [Fact]
    public void Error_body_with_a_broken_member_name_is_read()
    {
        var error = """
            {"\ud800":1,"detail":[{"\ud800":1,"loc":["body","a\ud800"],"msg":"m\ud800","type":"t","ctx":{"\ud800":"\ud800"}}]}
            """u8;
        var body = FalErrorBody.Read(error, null, static text => text);

        var problem = Assert.Single(body.Problems);
        Assert.Equal("a\uFFFD", problem.Path);
        Assert.Equal("m\uFFFD", problem.Message);
        Assert.Equal("\uFFFD", problem.Context!.Value.GetProperty("\uFFFD").GetString());
    }

    [Fact]
    public void Writer_replaces_what_is_broken_in_an_element()
    {
        using var broken = JsonDocument.Parse(new byte[] { (byte)'[', (byte)'"', 0xFF, (byte)'"', (byte)']' });
        using var half = JsonDocument.Parse("""{"\ud800":"\ud800"}""");

        Assert.Equal("[\"\uFFFD\"]", Unescaped(w => w.JsonValue(broken.RootElement)));
        Assert.Equal("{\"\uFFFD\":\"\uFFFD\"}", Unescaped(w => w.JsonValue(half.RootElement)));
    }

    // The writer may send the replacement character as an escape.
    private static string Unescaped(Action<FalJsonWriter> write)
        => WriterTests.Written(write).Replace("\\uFFFD", "\uFFFD", StringComparison.OrdinalIgnoreCase);
}
