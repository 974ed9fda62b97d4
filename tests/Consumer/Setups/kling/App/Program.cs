using Fal;
using Fal.KlingVideo;

// The package comes through the library; both use its types, and each has entry methods of its own.
using var fal = new FalClient(new FalClientOptions { Key = "consumer-id:consumer-secret" });
var speech = Library.Speech.Say("Good morning.");
Console.WriteLine(fal.KlingVideo().V1.Tts.EndpointId + ": " + speech.Text);
Console.WriteLine(fal.KlingVideo().V1.Tts.Check(speech).Count);
Console.WriteLine(fal.KlingVideo().V3.Pro.ImageToVideo.EndpointId);
Console.WriteLine(typeof(TTSInput).Assembly.GetName().Name);
