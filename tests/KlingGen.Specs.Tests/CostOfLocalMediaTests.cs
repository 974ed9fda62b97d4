using Fal;
using Fal.KlingVideo;

namespace KlingGen.Specs.Tests;

public sealed class CostOfLocalMediaTests
{
    [Fact]
    public void EstimateCost_counts_local_media_as_present_and_opens_no_file()
    {
        using var fal = new FalClient("id:secret");
        var endpoint = fal.KlingVideo().V2_6.Pro.ImageToVideo;
        var estimate = endpoint.EstimateCost(new() { Prompt = "Snow falls.", StartImageUrl = FalMedia.FromFile("there-is-no-such-file.jpg") });
        Assert.Equal(0.70m, estimate.Amount);
    }
}
