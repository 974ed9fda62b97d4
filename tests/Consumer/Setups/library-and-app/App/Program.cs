using Fal;
using Fal.KlingVideo;
using Library;

using var fal = new FalClient(new FalClientOptions { Key = "consumer-id:consumer-secret" });
Console.WriteLine(Speech.Endpoint(fal));
Console.WriteLine(fal.KlingVideo().V1.Tts.Check(Speech.Request("Hello")).Count);
Console.WriteLine(fal.KlingVideo().V1_6.Pro.ImageToVideo.Check(ProImageToVideoRequest.Example()).Count);
Console.WriteLine(typeof(TTSInput).Assembly.GetName().Name);
