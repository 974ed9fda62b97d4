using Fal;
using Fal.KlingVideo;

namespace FSharpClips;

/// <summary>
/// The endpoints that the F# program uses. Entry methods such as <c>fal.KlingVideo()</c> are internal to their project; the clients are public.
/// </summary>
public static class Clips
{
    /// <summary>The client of <c>fal-ai/kling-video/v2.6/pro/text-to-video</c>.</summary>
    public static KlingVideoV26ProTextToVideoClient TextToVideo(FalClient fal) => fal.KlingVideo().V2_6.Pro.TextToVideo;
}
