using System.Text.Json;
using Fal;
using Fal.KlingVideo;

namespace KlingGen.Benchmarks;

/// <summary>A request written and a result read, beside records of the same members with System.Text.Json's source generator.</summary>
internal static class JsonRow
{
    private const string Peer = "System.Text.Json's source generator";
    private const string Result =
        """{"video":{"url":"https://v3.fal.media/files/a.mp4","content_type":"video/mp4","file_name":"a.mp4","file_size":5242880}}""";

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        var request = EmulatedJobs.Request;
        var plain = new VideoRequest(request.Prompt, request.ImageUrl.Url!, "5", null, request.CfgScale);
        if (FalJson.Write(request) != JsonSerializer.Serialize(plain, BaselineJson.Default.VideoRequest))
            throw new InvalidOperationException("The two sides do not write the same JSON.");
        var sides = await sitting.AlternateCallsAsync(
            15,
            () => FalJson.Write(request),
            () => JsonSerializer.Serialize(plain, BaselineJson.Default.VideoRequest),
            () => FalJson.Read<I2VOutput>(Result),
            () => JsonSerializer.Deserialize(Result, BaselineJson.Default.VideoResult));
        return
        [
            Figure.Beside("a request written", "µs", (sides[0][0], sides[1][0]), Peer, "<= 0.9x"),
            Figure.Beside("the same, allocated", "bytes", (sides[0][1], sides[1][1]), Peer),
            Figure.Beside("a result read", "µs", (sides[2][0], sides[3][0]), Peer, "<= 0.5x"),
            Figure.Beside("the same, allocated", "bytes", (sides[2][1], sides[3][1]), Peer),
        ];
    }
}
