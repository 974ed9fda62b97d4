// The same job without KlingGen, with the client that the other rows stand beside.
using System.Globalization;
using KlingGen.Benchmarks;

using var http = new HttpClient();
var client = new BaselineClient(http, new Uri(args[0]), "Key benchmark-id:benchmark-secret");
var request = new VideoRequest("Snow falls while the car drives off.", "https://files.example.com/car.png", null, null, null);
var job = await client.SubmitAsync("fal-ai/kling-video/v1.6/standard/image-to-video", request);
await client.WaitAsync(job);
var result = await client.GetResultAsync(job);
if (result.Video.Url.Length == 0) return 1;
Console.WriteLine((Environment.WorkingSet / 1048576.0).ToString(CultureInfo.InvariantCulture));
return 0;
