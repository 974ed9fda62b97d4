using Fal;
using Fal.KlingVideo;

using var fal = new FalClient();                       // the key comes from FAL_KEY
var result = await fal.KlingVideo().V1_6.Pro.ImageToVideo.RunAsync(new()
{
    Prompt = "Snow falls while a car drives off.",
    ImageUrl = FalMedia.FromFile("car.jpg"),           // uploaded first; a URL works as well
    Duration = Duration5Or10.Duration10,
});
await result.Video.SaveAsync("car.mp4");
