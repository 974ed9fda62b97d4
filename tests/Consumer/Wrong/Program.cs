using Fal;
using Fal.Acme.Lumen;
using Fal.KlingVideo;

using var fal = new FalClient();
var job = await fal.KlingVideo().V1_6.Pro.ImageToVideo.SubmitAsync(new()
{
    Prompt = "Snow falls while a car drives off.",
    ImageUrl = "car.jpg",
    CfgScale = 1.5,
});

const string Short = "x";
ClipRequest right = new()
{
    Prompt = "A heron at dawn.",
    ImageUrl = FalMedia.FromFile("art/small.png"),
    Tags = ["heron", "dawn", "heron"],
};
var changed = right with
{
    Prompt = Short + "y", Duration = (ClipDuration)7,
    End = 1, Start = 2,
};
Console.WriteLine(job.RequestId + changed.OldPrompt);
