using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fal;
using Fal.KlingVideo;
using Fal.Wire;

namespace KlingGen.Benchmarks;

/// <summary>
/// A request written to and a result read from UTF-8, as a job does, and from strings; beside records of the same members with System.Text.Json's
/// source generator.
/// </summary>
internal static class JsonRow
{
    private const string Peer = "System.Text.Json's source generator";
    private const string Result =
        """{"video":{"url":"https://v3.fal.media/files/a.mp4","content_type":"video/mp4","file_name":"a.mp4","file_size":5242880}}""";

    private const int Slices = 60;

    // Short, so that the sides meet the machine in the same state.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        // The compiler's decisions about inlining differ between processes, and with them the ratios by 3 %, so each round is a process.
        var rounds = (await sitting.AlternateAsync(7, () => Child.RunAsync("json")))[0];
        var sides = rounds.Chunk(2).ToArray();
        return
        [
            Figure.Beside("a request written to bytes", "µs", (sides[0][0], sides[1][0]), Peer, "<= 0.9x"),
            Figure.Beside("the same, allocated", "bytes", (sides[0][1], sides[1][1]), Peer),
            Figure.Beside("a result read from bytes", "µs", (sides[2][0], sides[3][0]), Peer, "<= 0.5x"),
            Figure.Beside("the same, allocated", "bytes", (sides[2][1], sides[3][1]), Peer),
            Figure.Beside("the same, beside classes with setters", "µs", (sides[2][0], sides[4][0]), Peer),
            Figure.Beside("a request written to a string", "µs", (sides[5][0], sides[6][0]), Peer),
            Figure.Beside("a result read from a string", "µs", (sides[7][0], sides[8][0]), Peer),
        ];
    }

    /// <summary>The median microseconds and allocated bytes of each side.</summary>
    public static Task<double[]> RunAsync(string[] args)
    {
        var request = EmulatedJobs.Request;
        var plain = new VideoRequest(request.Prompt, request.ImageUrl.Url!, "5", null, request.CfgScale);
        if (FalJson.Write(request) != JsonSerializer.Serialize(plain, BaselineJson.Default.VideoRequest))
            throw new InvalidOperationException("The two sides do not write the same JSON.");
        var bytes = Encoding.UTF8.GetBytes(Result);
        ReadOnlyMemory<byte> body = bytes;
        return MediansAsync(
            () => FalRequestBody.FromRequest(request).Complete(),
            () => JsonSerializer.SerializeToUtf8Bytes(plain, BaselineJson.Default.VideoRequest),
            () => FalJson.Read<I2VOutput>(body, null),
            () => JsonSerializer.Deserialize(bytes, BaselineJson.Default.VideoResult),
            () => JsonSerializer.Deserialize(bytes, SettableJson.Default.SettableResult),
            () => FalJson.Write(request),
            () => JsonSerializer.Serialize(plain, BaselineJson.Default.VideoRequest),
            () => FalJson.Read<I2VOutput>(Result),
            () => JsonSerializer.Deserialize(Result, BaselineJson.Default.VideoResult));
    }

    private static async Task<double[]> MediansAsync(params Action[] sides)
    {
        var samples = await new Sitting(null).AlternateCallsAsync(Slices, Slice, sides);
        return [.. samples.SelectMany(side => side).Select(sample => sample.Median)];
    }
}

internal sealed class SettableResult
{
    public SettableFile? Video { get; set; }
}

internal sealed class SettableFile
{
    public string? Url { get; set; }

    public string? ContentType { get; set; }

    public string? FileName { get; set; }

    public long? FileSize { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SettableResult))]
internal sealed partial class SettableJson : JsonSerializerContext;
