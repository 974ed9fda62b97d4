using Fal;
using Fal.KlingVideo;

namespace Library;

public static class Speech
{
    public static TTSInput Request(string text) => new() { Text = text };

    public static string Endpoint(FalClient fal) => fal.KlingVideo().V1.Tts.EndpointId;
}
