using System;
using Fal;
using Fal.KlingVideo;

internal static class AppTests
{
    private static void Main()
    {
        using var fal = new FalClient(new FalClientOptions { Key = "consumer-id:consumer-secret" });
        Console.WriteLine("tested " + fal.KlingVideo().V1.Tts.EndpointId);
    }
}
