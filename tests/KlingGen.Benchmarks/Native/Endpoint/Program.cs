// Runs one job of one endpoint, and prints the resident memory in MiB.
using System.Globalization;
using Fal;
using Fal.KlingVideo;

using var fal = new FalClient(new FalClientOptions
{
    Key = "benchmark-id:benchmark-secret",
    QueueAddress = new Uri(args[0]),
    AllowHttpOnLoopback = true,
});
var result = await fal.KlingVideo().V1_6.Standard.ImageToVideo.RunAsync(new()
{
    Prompt = "Snow falls while the car drives off.",
    ImageUrl = "https://files.example.com/car.png",
});
if (result.Video.Url.Length == 0) return 1;
Console.WriteLine((Environment.WorkingSet / 1048576.0).ToString(CultureInfo.InvariantCulture));
return 0;
