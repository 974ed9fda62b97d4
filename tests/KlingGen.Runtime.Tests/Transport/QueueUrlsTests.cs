using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class QueueUrlsTests
{
    private const string Id = "019f-abc_1";
    private static readonly Uri Queue = new("https://queue.fal.run");

    [Theory]
    [InlineData("fal-ai/kling-video/v1.6/standard/image-to-video", "/fal-ai/kling-video/v1.6/standard/image-to-video", "/fal-ai/kling-video")]
    [InlineData("workflows/acme/lumen/draft", "/workflows/acme/lumen/draft", "/workflows/acme/lumen")]
    [InlineData("comfy/acme/lumen", "/comfy/acme/lumen", "/comfy/acme/lumen")]
    public void Only_submit_keeps_the_path_below_the_app(string endpoint, string submit, string app)
    {
        var id = FalEndpointId.Parse(endpoint);
        Assert.Equal(submit, FalQueueUrls.Submit(id));
        Assert.Equal(submit + "?fal_webhook=x", FalQueueUrls.Submit(id, "?fal_webhook=x"));
        Assert.Equal($"{app}/requests/{Id}/status", FalQueueUrls.PathOf(FalQueueUrl.Status, id, Id));
        Assert.Equal($"{app}/requests/{Id}/status/stream", FalQueueUrls.PathOf(FalQueueUrl.StatusStream, id, Id));
        Assert.Equal($"{app}/requests/{Id}", FalQueueUrls.PathOf(FalQueueUrl.Result, id, Id));
        Assert.Equal($"{app}/requests/{Id}/cancel", FalQueueUrls.PathOf(FalQueueUrl.Cancel, id, Id));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("764cabcf-b745-4b3e-ae38-1200304cf45b", true)]
    [InlineData("A_9-z", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a%2fb", false)]
    [InlineData("a?b", false)]
    [InlineData("a b", false)]
    [InlineData("a\r\nb", false)]
    [InlineData("ä", false)]
    public void A_request_id_is_letters_digits_and_two_marks(string? id, bool valid)
    {
        Assert.Equal(valid, FalQueueUrls.IsRequestId(id));
        if (valid) Assert.Equal(id, FalQueueUrls.RequireRequestId(id));
        else Assert.Throws<ArgumentException>(() => FalQueueUrls.RequireRequestId(id));
        Assert.False(FalQueueUrls.IsRequestId(new string('a', 129)));
        Assert.True(FalQueueUrls.IsRequestId(new string('a', 128)));
    }

    [Fact]
    public void A_returned_address_is_believed_when_it_is_the_queue_and_this_request()
    {
        Assert.Equal($"/acme/lumen/requests/{Id}/status", Accept($"https://queue.fal.run/acme/lumen/requests/{Id}/status"));
        Assert.Equal($"/acme/lumen/v1/x/requests/{Id}/status", Accept($"https://queue.fal.run/acme/lumen/v1/x/requests/{Id}/status"));
        Assert.Equal($"/acme/lumen/requests/{Id}", Accept($"HTTPS://Queue.Fal.Run/acme/lumen/requests/{Id}", FalQueueUrl.Result));
        Assert.Equal($"/acme/lumen/requests/{Id}/cancel", Accept($"https://queue.fal.run/acme/lumen/requests/{Id}/cancel", FalQueueUrl.Cancel));
    }

    [Fact]
    public void A_configured_address_is_the_measure_with_its_port_and_path()
    {
        var own = new Uri("http://127.0.0.1:8080/fal/");
        Assert.Equal(
            $"/a/b/requests/{Id}/status",
            FalQueueUrls.Accept($"http://127.0.0.1:8080/fal/a/b/requests/{Id}/status", FalQueueUrl.Status, Id, own));
        Assert.Null(FalQueueUrls.Accept($"http://127.0.0.1:8081/fal/a/b/requests/{Id}/status", FalQueueUrl.Status, Id, own));
        Assert.Null(FalQueueUrls.Accept($"http://127.0.0.1:8080/other/a/b/requests/{Id}/status", FalQueueUrl.Status, Id, own));
        Assert.Null(FalQueueUrls.Accept($"http://127.0.0.1:80800/fal/a/b/requests/{Id}/status", FalQueueUrl.Status, Id, own));
        Assert.Null(FalQueueUrls.Accept($"https://queue.fal.run/a/b/requests/{Id}/status", FalQueueUrl.Status, Id, own));
    }

    public static TheoryData<string> Hostile()
    {
        var tail = $"/acme/lumen/requests/{Id}/status";
        return
        [
            "", "https://evil.example" + tail, "http://queue.fal.run" + tail, "https://evilfal.ai" + tail, "https://notfal.run"
                + tail, "https://xfal.ai" + tail, "https://my-fal.run" + tail,
            "https://queue.fal.run.evil.com" + tail, "https://queue.fal.run@evil.com" + tail, "https://user:pass@queue.fal.run"
                + tail, "https://queue.fal.run:8443" + tail,
            "https://queue.fal.run:443" + tail, "https://queue.fal.run." + tail, "https://queue\uFF0Efal.run" + tail, "//evil" + tail, "/\\evil"
                + tail, "https:/evil" + tail, "\thttps://queue.fal.run" + tail,
            " https://queue.fal.run" + tail, "https://queue.fal.run\\@evil.com" + tail, "https://queue.fal.run" + tail + " ", "https://queue.fal.run"
                + tail
                + "?x=1", "https://queue.fal.run" + tail + "#x",
            "https://queue.fal.run/acme/lumen/requests/other/status", "https://queue.fal.run/acme/lumen/requests/"
                + Id, "https://queue.fal.run/acme/lumen/requests/" + Id + "/response",
            "https://queue.fal.run/acme/lumen/../x/requests/" + Id + "/status", "https://queue.fal.run/acme/%2e%2e/requests/" + Id
                + "/status", "https://queue.fal.run//requests/" + Id + "/status",
            "https://queue.fal.run/requests/" + Id + "/status", "https://queue.fal.run/acme\\lumen/requests/" + Id
                + "/status", "https://queue.fal.run/a?b/requests/" + Id + "/status",
            "https://queue.fal.run", "https://queue.fal.run/", "javascript:alert(1)", "file:///etc/passwd" + tail, "https://fal.run"
                + tail, "https://queue.falrun.com" + tail,
            "https://queue.fal.run" + new string('/', 100) + tail, "https://queue.fal.run/" + new string('a', 1024 * 1024) + tail, new string(
                '1',
                1024 * 1024),
        ];
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_address_is_not_believed(string url)
    {
        Patience.Holds(() =>
        {
            Assert.Null(Accept(url));
            Assert.Null(FalQueueUrls.Accept(url, FalQueueUrl.Status, "..", Queue));
        });
    }

    [Fact]
    public void No_address_is_no_address() => Assert.Null(Accept(null));

    [Theory]
    [InlineData("/acme/lumen/v1/x?fal_webhook=y", "acme/lumen/v1/x", null)]
    [InlineData("/acme/lumen/requests/r1/status?logs=1", "acme/lumen", "r1")]
    [InlineData("/workflows/acme/lumen/requests/r1", "workflows/acme/lumen", "r1")]
    [InlineData("/nonsense", null, null)]
    public void A_path_tells_which_endpoint_and_request_it_is_about(string path, string? endpoint, string? request)
        => Assert.Equal((endpoint, request), FalQueueUrls.Describe(path));

    private static string? Accept(string? url, FalQueueUrl kind = FalQueueUrl.Status) => FalQueueUrls.Accept(url, kind, Id, Queue);
}
