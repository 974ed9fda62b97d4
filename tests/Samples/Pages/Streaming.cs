using System.Text.Json;
using Fal;
using Fal.KlingVideo;

namespace KlingGen.Samples;

internal sealed class Streaming(FalClient fal)
{
    public async Task<I2VOutput> DirectAsync(ProImageToVideoRequest request)
        => await fal.KlingVideo().V1_6.Pro.ImageToVideo.RunDirectAsync(request);

    public async Task StreamAsync(ProImageToVideoRequest request)
    {
        var stream = fal.KlingVideo().V1_6.Pro.ImageToVideo.StreamAsync(request);
        await foreach (JsonElement piece in stream) Console.WriteLine(piece);
        var result = await stream.GetResultAsync();            // the last piece, typed
        Console.WriteLine(result.Video.Url);
    }
}
