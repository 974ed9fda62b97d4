using System.Text;
using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class RequestBodyTests
{
    [Fact]
    public void A_request_without_local_media_is_final_at_once()
    {
        var body = FalRequestBody.FromRequest(new TextToClipRequest { Prompt = "p", ImageUrl = "https://x.y/z" });

        Assert.True(body.IsComplete);
        Assert.Empty(body.Media);
        Assert.Equal("""{"prompt":"p","image_url":"https://x.y/z"}""", Text(body.Complete()));
        Assert.Equal(body.Complete(), body.Complete(_ => throw new InvalidOperationException()));
    }

    [Fact]
    public void Each_hole_takes_the_url_of_its_medium()
    {
        var car = FalMedia.FromFile("car.jpg");
        var bytes = FalMedia.FromBytes(new byte[] { 1 });
        using var stream = new MemoryStream();
        var body = FalRequestBody.FromRequest(new TextToClipRequest
        {
            Prompt = "p",
            ImageUrl = car,
            MaskUrls = [bytes, "https://x.y/z", car, FalMedia.FromStream(stream)],
            ReferenceUrl = FalMedia.FromFile("car.jpg"),
        });

        Assert.False(body.IsComplete);
        Assert.Equal(4, body.Media.Count);
        Assert.Same(car, body.Media[0]);
        var media = body.Media.ToList();
        Assert.Equal(
            """
            {"prompt":"p","image_url":"https://cdn/0?\"é","mask_urls":["https://cdn/1?\"é","https://x.y/z",
            "https://cdn/0?\"é","https://cdn/2?\"é"],"reference_url":"https://cdn/3?\"é"}
            """.ReplaceLineEndings(""),
            Text(body.Complete(one => $"https://cdn/{media.FindIndex(other => ReferenceEquals(other, one))}?\"é")));
    }

    [Fact]
    public void A_request_with_holes_is_not_final_and_says_what_is_missing()
    {
        var body = FalRequestBody.FromRequest(new TextToClipRequest { Prompt = "p", ImageUrl = FalMedia.FromFile("car.jpg") });

        var error = Assert.Throws<InvalidOperationException>(() => body.Complete());
        Assert.Contains("<file car.jpg>", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_request_can_be_completed_twice()
    {
        var body = FalRequestBody.FromRequest(new TextToClipRequest { Prompt = "p", ImageUrl = FalMedia.FromFile("car.jpg") });

        Assert.Equal("""{"prompt":"p","image_url":"a"}""", Text(body.Complete(_ => "a")));
        Assert.Equal("""{"prompt":"p","image_url":"b"}""", Text(body.Complete(_ => "b")));
    }

    [Fact]
    public void Local_media_has_no_json_form_of_its_own()
    {
        var request = new TextToClipRequest { Prompt = "p", ImageUrl = FalMedia.FromFile("car.jpg") };

        Assert.Contains("<file car.jpg>", Assert.Throws<InvalidOperationException>(() => FalJson.Write(request)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => FalJson.WriteUtf8(request));
    }

    [Fact]
    public void Random_requests_with_media_complete_to_what_their_urls_would_have_written()
    {
        var random = new Random(99);
        for (var round = 0; round < 2_000; round++)
        {
            var local = new List<FalMedia>();
            var remote = new List<FalMedia>();
            for (var count = random.Next(6); count > 0; count--)
            {
                var url = "https://cdn/" + new string('u', random.Next(300)) + (char)random.Next('"', 'ÿ');
                remote.Add(url);
                local.Add(random.Next(2) == 0 ? url : FalMedia.FromFile(url));
            }

            var body = FalRequestBody.FromRequest(new TextToClipRequest { Prompt = "p", MaskUrls = local, Loop = true });
            Assert.Equal(
                FalJson.Write(new TextToClipRequest { Prompt = "p", MaskUrls = remote, Loop = true }),
                Text(body.Complete(media => media.FilePath!)));
        }
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
