using KlingGen.Planning;

namespace KlingGen.Core.Tests;

public sealed class EndpointUrlTests
{
    [Theory]
    [InlineData("https://fal.ai/models/fal-ai/flux/dev", "fal-ai/flux/dev")]
    [InlineData("https://fal.ai/models/fal-ai/flux/dev/api", "fal-ai/flux/dev")]
    [InlineData("https://fal.ai/models/fal-ai/flux/dev/playground?share=1#top", "fal-ai/flux/dev")]
    [InlineData("https://fal.ai/models/fal-ai/kling-video/**", "fal-ai/kling-video/**")]
    [InlineData("http://www.fal.ai/models/fal-ai/flux/dev/", "fal-ai/flux/dev")]
    [InlineData("fal.ai/models/fal-ai/flux/dev", "fal-ai/flux/dev")]
    [InlineData("https://queue.fal.run/fal-ai/flux/dev", "fal-ai/flux/dev")]
    [InlineData("https://queue.fal.run/fal-ai/flux/requests/0123/status", "fal-ai/flux")]
    [InlineData("https://fal.run/fal-ai/flux/dev?fal_webhook=x", "fal-ai/flux/dev")]
    [InlineData("https://fal.ai/api/openapi/queue/openapi.json?endpoint_id=fal-ai%2Fflux%2Fdev&x=1", "fal-ai/flux/dev")]
    [InlineData("fal-ai/flux/dev", "fal-ai/flux/dev")]
    [InlineData("fal-ai/kling-video/v?/*", "fal-ai/kling-video/v?/*")]
    [InlineData("https://example.com/models/fal-ai/flux/dev", "https://example.com/models/fal-ai/flux/dev")]
    [InlineData("https://fal.ai/pricing", "https://fal.ai/pricing")]
    public void A_url_of_fal_is_the_endpoint_that_it_names(string text, string expected) => Assert.Equal(expected, EndpointUrl.ToId(text));
}
