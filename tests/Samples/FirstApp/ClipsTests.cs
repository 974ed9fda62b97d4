using Fal.KlingVideo;
using Fal.Testing;
using Xunit;

public class ClipsTests
{
    [Fact]
    public async Task Clips_returns_the_url_of_the_video()
    {
        using var fal = FalTesting.CreateClient(run => run.CompleteJson("""{"video":{"url":"https://files.example/heron.mp4"}}"""));
        var clips = new Clips(new KlingVideoV26ProTextToVideoClient(fal));
        Assert.Equal("https://files.example/heron.mp4", await clips.MakeAsync("A heron at dawn.", default));
    }
}
