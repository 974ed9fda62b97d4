using Fal;
using Fal.KlingVideo;

using var fal = new FalClient(new FalClientOptions { Key = "consumer-id:consumer-secret" });
var problems = fal.KlingVideo().V1.Tts.Check(new() { Text = "Hello" });
Console.WriteLine($"{fal.KlingVideo().V1.Tts.EndpointId}: {problems.Count} problems");
