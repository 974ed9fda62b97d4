namespace Fal.Tests.Transport;

public sealed class FalPublicUrlTests
{
    [Theory]
    [InlineData("https://queue.fal.run/acme/lumen/v1?fal_max_queue_length=3", "queue.fal.run", "/acme/lumen/v1", "?fal_max_queue_length=3")]
    [InlineData("https://fal.run/acme/lumen", "fal.run", "/acme/lumen", "")]
    [InlineData("https://rest.fal.ai/storage/upload/initiate?storage_type=gcs", "rest.fal.ai", "/storage/upload/initiate", "?storage_type=gcs")]
    public void TryParse_splits_a_plain_URL(string text, string host, string path, string query)
    {
        Assert.True(FalPublicUrl.TryParse(text, out var url));
        Assert.Equal((host, path, query, text), (url.Host, url.Path, url.Query, url.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://queue.fal.run")]
    [InlineData("https://queue.fal.run/")]
    [InlineData("http://queue.fal.run/a/b")]
    [InlineData("https://Queue.fal.run/a/b")]
    [InlineData("https://queue.fal.run:443/a/b")]
    [InlineData("https://queue.fal.run@evil.example/a/b")]
    [InlineData("https://queue.fal.run.evil.example/a/b")]
    [InlineData("https://evilfal.run/a/b")]
    [InlineData("https://api.fal.ai/v1/models")]
    [InlineData("https://queue.fal.run/a/../b")]
    [InlineData("https://queue.fal.run/a/%2e%2e/b")]
    [InlineData("https://queue.fal.run/a\\b")]
    [InlineData("https://queue.fal.run/a//b")]
    [InlineData("https://queue.fal.run/a/b#c")]
    [InlineData("https://queue.fal.run/a/b\r\nX: y")]
    [InlineData("\thttps://queue.fal.run/a/b")]
    [InlineData("https://queue\uff0efal.run/a/b")]
    public void TryParse_refuses_everything_else(string? text) => Assert.False(FalPublicUrl.TryParse(text, out _));
}
