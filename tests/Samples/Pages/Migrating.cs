using Fal;
using Fal.KlingVideo;

namespace KlingGen.Samples;

internal sealed class Migrating(FalClient fal)
{
    public async Task<string> SubscribeAsync(string prompt, string imageUrl)
    {
        var result = await fal.KlingVideo().V1_6.Pro.ImageToVideo.RunAsync(
            new() { Prompt = prompt, ImageUrl = FalMedia.FromUrl(imageUrl), Duration = Duration5Or10.Duration10 },
            options: null,
            progress: new Progress<FalJobUpdate>(update => Console.WriteLine(update.Status)));
        return result.Video.Url;
    }
}
