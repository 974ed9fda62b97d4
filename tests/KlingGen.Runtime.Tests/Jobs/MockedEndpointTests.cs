namespace Fal.Tests.Jobs;

public sealed class MockedEndpointTests
{
    [Fact]
    public async Task An_endpoint_made_for_a_mock_says_what_to_replace()
    {
        var endpoint = new Mocked();
        Assert.Equal("acme/lumen", endpoint.EndpointId);
        Assert.Throws<InvalidOperationException>(() => endpoint.Client);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => endpoint.SubmitAsync(new FalRawResult { Json = default }));
        Assert.Contains("Replace the method", error.Message, StringComparison.Ordinal);
    }

    private sealed class Mocked() : FalEndpoint<FalRawResult, FalRawResult>("acme/lumen");
}
