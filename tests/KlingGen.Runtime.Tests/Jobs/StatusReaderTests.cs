using System.Globalization;
using System.Text;
using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>A status is read from whatever fal sends; nothing but the status itself has to be there.</summary>
public sealed class StatusReaderTests
{
    [Fact]
    public void An_answer_as_seen_on_the_wire_is_read()
    {
        var reading = Read("""
            {"status":"IN_QUEUE","request_id":"019e0b42-7a5b-7c1f-9d3c-2a7a44f5c1de","response_url":"https://queue.fal.run/acme/lumen/requests/x",
             "status_url":"u","cancel_url":"u","queue_position":6,"logs":null,"metrics":{}}
            """);
        Assert.Equal(FalJobState.InQueue, reading.State);
        Assert.Equal(6, reading.QueuePosition);
        Assert.Null(reading.Logs);
        Assert.Null(reading.InferenceSeconds);
        Assert.Null(reading.Error);
    }

    [Fact]
    public void The_end_with_its_metrics_is_read()
    {
        var reading = Read("""{"status":"COMPLETED","logs":[],"metrics":{"other":{"a":[1]},"inference_time":93.76586818695068}}""");
        Assert.Equal(FalJobState.Completed, reading.State);
        Assert.True(reading.State.IsFinal);
        Assert.Equal(93.76586818695068, reading.InferenceSeconds);
    }

    [Fact]
    public void A_failure_is_read()
    {
        var reading = Read("""{"status":"COMPLETED","error":"Runner disconnected","error_type":"runner_disconnected"}""");
        Assert.Equal("Runner disconnected", reading.Error);
        Assert.Equal("runner_disconnected", reading.ErrorType);
        Assert.Equal("""{"why":[1,2]}""", Read("""{"status":"COMPLETED","error":{"why":[1,2]}}""").Error);
        Assert.Null(Read("""{"status":"COMPLETED","error":null}""").Error);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("\"3\"", 3)]
    [InlineData("3.0", 3)]
    [InlineData("0", 0)]
    [InlineData("-1", null)]
    [InlineData("1e40", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("null", null)]
    [InlineData("[1]", null)]
    [InlineData("{\"a\":1}", null)]
    [InlineData("true", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("\"NaN\"", null)]
    public void A_place_in_the_queue_of_any_shape_is_read_or_left_out(string json, int? expected) =>
        Assert.Equal(expected, Read($$"""{"queue_position":{{json}},"status":"IN_QUEUE"}""").QueuePosition);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("{\"inference_time\":null}")]
    [InlineData("{\"inference_time\":\"soon\"}")]
    [InlineData("{\"inference_time\":-2}")]
    [InlineData("{\"inference_time\":1e300}")]
    [InlineData("{\"inference_time\":[[1]]}")]
    public void Metrics_of_any_shape_do_no_harm(string json)
    {
        var reading = Read($$"""{"metrics":{{json}},"status":"COMPLETED"}""");
        Assert.Equal(FalJobState.Completed, reading.State);
        Assert.Null(reading.InferenceSeconds);
    }

    [Fact]
    public void Log_lines_are_read_with_time_level_and_source()
    {
        var line = Assert.Single(Read("""
            {"status":"IN_PROGRESS","logs":[{"message":"step 1 of 4 🎬","timestamp":"2026-05-06T07:08:09.123456+00:00","level":"INFO","source":"USER","more":[{}]}]}
            """).Logs!);
        Assert.Equal("step 1 of 4 🎬", line.Message);
        Assert.Equal(new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero).AddTicks(1234560), line.Timestamp);
        Assert.Equal("2026-05-06T07:08:09.123456+00:00", line.TimestampText);
        Assert.Equal("INFO", line.Level);
        Assert.Equal("USER", line.Source);
        Assert.Equal("[INFO] step 1 of 4 🎬", line.ToString());
        Assert.Equal("plain", new FalLogLine { Message = "plain" }.ToString());
    }

    [Fact]
    public void Labels_are_read_as_level_and_source()
    {
        var line = Assert.Single(
            Read("""{"status":"IN_PROGRESS","logs":[{"labels":{"level":"STDERR","source":"RUN","x":{}},"message":"m"}]}""").Logs!);
        Assert.Equal("STDERR", line.Level);
        Assert.Equal("RUN", line.Source);
        Assert.Null(Assert.Single(Read("""{"status":"IN_PROGRESS","logs":[{"labels":[{"level":1}],"message":"m"}]}""").Logs!).Level);
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("\"one line\"", "one line")]
    [InlineData("{\"message\":\"m\"}", "m")]
    [InlineData("[\"a\",{\"message\":\"b\"},null,3,true,[1],{}]", "a|b|3|true|[1]")]
    [InlineData("[{\"message\":null},{\"message\":{\"k\":1}},{\"message\":7,\"timestamp\":12,\"level\":false}]", "{\"k\":1}|7")]
    [InlineData("7", "7")]
    public void Logs_of_any_shape_are_read_as_far_as_they_go(string json, string expected)
    {
        var reading = Read($$"""{"logs":{{json}},"status":"IN_PROGRESS"}""");
        Assert.Equal(FalJobState.InProgress, reading.State);
        Assert.Equal(expected, string.Join('|', (reading.Logs ?? []).Select(line => line.Message)));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("2026-99-99")]
    public void A_time_that_cannot_be_read_is_kept_as_text(string text)
    {
        var line = Assert.Single(Read($$"""{"status":"IN_PROGRESS","logs":[{"message":"m","timestamp":"{{text}}"}]}""").Logs!);
        Assert.Null(line.Timestamp);
        Assert.Equal(text, line.TimestampText);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var reading = Read(
                """{"status":"IN_PROGRESS","metrics":{"inference_time":"1.234"},"logs":[{"message":"m","timestamp":"2026-05-06T07:08:09Z"}]}""");
            Assert.Equal(1.234, reading.InferenceSeconds);
            Assert.Equal(new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero), Assert.Single(reading.Logs!).Timestamp);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("PAUSED", false)]
    [InlineData("in_queue", false)]
    [InlineData("FAILED", true)]
    [InlineData("ERROR", true)]
    [InlineData("CANCELLED", true)]
    [InlineData("CANCELED", true)]
    public void A_word_that_fal_may_use_one_day_is_carried(string word, bool isFinal)
    {
        var state = Read($$"""{"status":"{{word}}"}""").State;
        Assert.Equal(word, state.Word);
        Assert.Equal(word, state.ToString());
        Assert.Equal(isFinal, state.IsFinal);
        Assert.Equal("", default(FalJobState).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"COMPLETED\"")]
    [InlineData("{}")]
    [InlineData("{\"status\":3}")]
    [InlineData("{\"status\":\"\"}")]
    [InlineData("{\"status\":\"COMPLETED\"")]
    [InlineData("{\"status\":\"COMPLETED\"}x")]
    [InlineData("{\"status\":\"COMPLETED\",\"logs\":[{\"message\":\"half")]
    [InlineData("<html>COMPLETED</html>")]
    public void What_is_no_status_is_none(string text) => Assert.False(StatusReader.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Text_that_is_not_unicode_does_not_lose_the_answer()
    {
        Assert.Equal(FalJobState.Completed, Read("""{"logs":[{"message":"\ud800"}],"error":"\udc00x","status":"COMPLETED"}""").State);
        byte[] bytes = [.. "{\"logs\":[\""u8, 0xC3, 0x28, .. "\"],\"status\":\"COMPLETED\"}"u8];
        Assert.True(StatusReader.TryRead(bytes, out var reading));
        Assert.Equal(FalJobState.Completed, reading.State);
    }

    [Fact]
    public void A_megabyte_of_digits_in_any_text_takes_no_time()
    {
        var digits = new string('7', 1_000_000);
        StatusReading reading = default;
        Patience.Holds(() => reading = Read($$"""{"status":"COMPLETED","queue_position":"{{digits}}","metrics":{"inference_time":"""
            + $$"""{{digits}}},"logs":[{"message":"m","timestamp":"{{digits}}"}]}"""));
        Assert.Null(reading.QueuePosition);
        Assert.Null(reading.InferenceSeconds);
        Assert.Null(Assert.Single(reading.Logs!).Timestamp);
    }

    [Fact]
    public void Ten_thousand_damaged_answers_are_read_or_refused_but_never_throw()
    {
        var whole = ("""{"status":"IN_PROGRESS","queue_position":2,"logs":"""u8
            + """[{"message":"a\u00e9","timestamp":"2026-05-06T07:08:09Z","labels":{"level":"X"}}],"metrics":"""u8
            + """{"inference_time":1.5},"error":null}"""u8).ToArray();
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = whole[..random.Next(1, whole.Length + 1)];
            for (var n = random.Next(4); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            StatusReader.TryRead(bytes, out _);
        }
    }

    private static StatusReading Read(string json)
    {
        Assert.True(StatusReader.TryRead(Encoding.UTF8.GetBytes(json), out var reading));
        return reading;
    }
}
