using System;
using Fal;
using Fal.KlingVideo;

using var fal = new FalClient(new FalClientOptions { Key = "consumer-id:consumer-secret" });
TTSInput request = new() { Text = "Hello" };
Console.WriteLine($"{fal.KlingVideo().V1.Tts.EndpointId}: {fal.KlingVideo().V1.Tts.Check(request).Count} problems");
