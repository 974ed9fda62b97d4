using System.Text.Json;
using Fal.Tests.Harness;
using Fal.Tests.Jobs;
using Fal.Tests.Wire;

namespace Fal.Tests.Media;

/// <summary>From a request with local media to what reaches the queue.</summary>
public sealed class SubmitMediaTests : CanaryTest
{
    private static Answer Ticket(int number)
        => Replies.Json($$"""{"upload_url":"https://storage.example/put/{{number}}","file_url":"https://v3.fal.media/files/{{number}}.png"}""");

    private static IEnumerable<RecordedRequest> Submits(JobFixture fixture)
        => fixture.Handler.Requests.Where(request => request.Host == "queue.fal.run");

    [Fact]
    public async Task Local_media_are_uploaded_once_each_and_named_in_the_request()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        fixture.Handler.On("POST", "initiate", Ticket(1), Ticket(2)).On("PUT", "storage", Replies.Empty());
        var (image, mask) = (FalMedia.FromBytes(SampleFiles.Png()), FalMedia.FromStream(new MemoryStream(SampleFiles.Png())));
        var request = new TextToClipRequest { Prompt = "x", ImageUrl = image, MaskUrls = [mask, "https://example.com/m.png", image] };
        await fixture.Endpoint.SubmitAsync(request);
        await fixture.Endpoint.SubmitAsync(request);
        Assert.Equal(2, fixture.Handler.Count("PUT"));
        foreach (var submit in Submits(fixture))
        {
            using var json = JsonDocument.Parse(submit.Body);
            var url = json.RootElement.GetProperty("image_url").GetString()!;
            var masks = json.RootElement.GetProperty("mask_urls").EnumerateArray().Select(item => item.GetString()!).ToArray();
            Assert.Equal(["https://example.com/m.png", url], masks[1..]);
            Assert.Equal(["https://v3.fal.media/files/1.png", "https://v3.fal.media/files/2.png"], new[] { url, masks[0] }.Order());
        }
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task Concurrent_requests_that_share_an_object_share_its_upload()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        fixture.Handler.On("POST", "initiate", Ticket(1)).On("PUT", "storage", Replies.Empty());
        var image = FalMedia.FromBytes(SampleFiles.Png());
        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => fixture.Endpoint.SubmitAsync(new TextToClipRequest { Prompt = "x" + i, ImageUrl = image })));
        Assert.Equal(1, fixture.Handler.Count("PUT"));
        Assert.Equal(20, Submits(fixture).Count());
    }

    [Fact]
    public async Task Problems_of_files_and_of_values_are_told_together_before_a_byte_leaves()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        var request = new TextToClipRequest
        {
            Prompt = "",
            ImageUrl = FalMedia.FromBytes(new SampleMovie().ToBytes()),
            MaskUrls = [FalMedia.FromBytes(SampleFiles.Png()), FalMedia.FromFile("/nowhere/mask.png")],
        };
        var error = await Assert.ThrowsAsync<FalValidationException>(() => fixture.Endpoint.SubmitAsync(request));
        Assert.Equal(
            [("prompt", "string_too_short"), ("image_url", "unsupported_image_format"), ("mask_urls.1", "file_not_found")],
            error.Problems.Select(problem => (problem.Path, problem.Type)));
        Assert.Equal("MaskUrls[1]", error.Problems[2].Property);
        Assert.Equal(error.Problems, await fixture.Endpoint.CheckAsync(request));
        Assert.Empty(await fixture.Endpoint.CheckAsync(JobFixture.Request));
        Assert.Empty(fixture.Handler.Requests);
    }

    [Fact]
    public async Task A_data_uri_beyond_a_limit_is_refused_too()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        var request = new TextToClipRequest { Prompt = "x", ImageUrl = "data:audio/wav;base64," + Convert.ToBase64String(SampleFiles.Wav(0.1)) };
        var error = await Assert.ThrowsAsync<FalValidationException>(() => fixture.Endpoint.SubmitAsync(request));
        Assert.Equal("unsupported_image_format", Assert.Single(error.Problems).Type);
    }

    [Fact]
    public async Task A_failed_upload_submits_nothing_and_the_next_try_uploads_again()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        fixture.Handler.On("POST", "initiate", Ticket(1)).On("PUT", "storage", Replies.Empty(403), Replies.Empty());
        var request = new TextToClipRequest { Prompt = "x", ImageUrl = FalMedia.FromBytes(SampleFiles.Png(), fileName: "car.png") };
        var error = await Assert.ThrowsAsync<FalFileException>(() => fixture.Endpoint.SubmitAsync(request));
        Assert.Contains("car.png", error.Message, StringComparison.Ordinal);
        Assert.Empty(Submits(fixture));
        await fixture.Endpoint.SubmitAsync(request);
        Assert.Single(Submits(fixture));
    }

    [Fact]
    public async Task The_callers_token_stops_an_upload_and_the_submit()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        using var cancel = new CancellationTokenSource();
        var gate = new Gate();
        fixture.Handler.On("POST", "initiate", Ticket(1)).On("PUT", "storage", gate.Answer);
        var submit = fixture.Endpoint
            .SubmitAsync(new TextToClipRequest { Prompt = "x", ImageUrl = FalMedia.FromBytes(SampleFiles.Png()) }, cancellationToken: cancel.Token);
        await gate.ReachedAsync();
        await cancel.CancelAsync();
        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit)).CancellationToken);
        Assert.Empty(Submits(fixture));
    }

    [Fact]
    public async Task Without_local_checks_media_are_uploaded_as_they_are()
    {
        using var fixture = new JobFixture(Canary).OnSubmit();
        fixture.Handler.On("POST", "initiate", Ticket(1)).On("PUT", "storage", Replies.Empty());
        await fixture.Endpoint.SubmitAsync(
            new TextToClipRequest { Prompt = "x", ImageUrl = FalMedia.FromBytes(new SampleMovie().ToBytes()) },
            new() { SkipLocalChecks = true });
        Assert.Single(Submits(fixture));
    }
}
