using Fal.Media;

namespace Fal.Emulation.Tests.QuickstartRuns;

public sealed class QuickstartTests(QuickstartRun run) : IClassFixture<QuickstartRun>
{
    [Fact]
    public async Task Without_a_key_it_makes_a_video_that_plays()
    {
        Assert.Equal((0, $"COMPLETED {run.Target}"), (run.ExitCode, run.Lines[^1]));
        var video = await MediaInspector.ReadAsync(FalMedia.FromFile(run.Target), CancellationToken.None);
        Assert.Equal("video/mp4", video!.ContentType);
        Assert.True(video is { Width: > 0, Height: > 0, Duration: > 0 });
    }

    [Fact]
    public void It_shows_all_that_is_wrong_with_a_request()
    {
        Assert.Contains(run.Lines, line => line.StartsWith("Prompt: ", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.StartsWith("CfgScale: ", StringComparison.Ordinal));
    }

    [Fact]
    public void It_tells_how_the_job_goes()
    {
        Assert.Contains(
            run.Lines,
            line => line.StartsWith("job ", StringComparison.Ordinal) && line.EndsWith(": IN_QUEUE (position 1)", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("100%", StringComparison.Ordinal));
        Assert.Contains("Done", run.Lines);
    }

    [Fact]
    public void Redirected_output_is_plain_and_holds_no_key()
    {
        var output = string.Join('\n', run.Lines);
        Assert.DoesNotContain(output, c => char.IsControl(c) && c != '\n');
        // The secret half of the key that an emulator makes up.
        Assert.DoesNotMatch("[0-9a-f]{32}", output);
    }

    [UnixFact]
    public async Task With_a_key_it_goes_to_fal_and_stops_when_told_to_without_a_word_about_the_key()
    {
        using var proxy = new RefusingProxy();
        using var quickstart = new QuickstartProcess([], new Dictionary<string, string>
        {
            ["FAL_KEY"] = "canary-id:canary-secret",
            ["HTTPS_PROXY"] = proxy.Address,
            ["https_proxy"] = proxy.Address,
            ["NO_PROXY"] = "",
            ["no_proxy"] = "",
        });

        var first = await proxy.FirstLine;
        quickstart.Terminate();
        var (exitCode, lines) = await quickstart.EndAsync();

        Assert.StartsWith("CONNECT rest.fal.ai:443 ", first, StringComparison.Ordinal);
        Assert.Equal(130, exitCode);
        Assert.StartsWith("Stopped.", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("canary", string.Join('\n', lines), StringComparison.Ordinal);
    }
}
