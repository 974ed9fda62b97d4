namespace Fal.Emulation.Tests;

public sealed class CallTests
{
    [Theory]
    [InlineData("POST", "/fal-ai/app/v1/x", FalOperation.Submit, "fal-ai/app/v1/x", null)]
    [InlineData("POST", "/110602490-app", FalOperation.Submit, "110602490/app", null)]
    [InlineData("GET", "/fal-ai/app/requests/a-1/status", FalOperation.Status, "fal-ai/app", "a-1")]
    [InlineData("GET", "/fal-ai/app/requests/a-1/status/stream", FalOperation.StatusStream, "fal-ai/app", "a-1")]
    [InlineData("GET", "/fal-ai/app/requests/a-1", FalOperation.Result, "fal-ai/app", "a-1")]
    [InlineData("PUT", "/workflows/acme/app/requests/a-1/cancel", FalOperation.Cancel, "workflows/acme/app", "a-1")]
    [InlineData("GET", "/fal-ai/app/v1/x", FalOperation.None, null, null)]
    [InlineData("POST", "/fal-ai/app/requests/a-1/cancel", FalOperation.None, "fal-ai/app", "a-1")]
    [InlineData("GET", "/fal-ai/app/requests/a-1/response", FalOperation.None, "fal-ai/app", "a-1")]
    [InlineData("GET", "/fal-ai/app/requests/", FalOperation.None, null, null)]
    [InlineData("POST", "/alone", FalOperation.None, null, null)]
    [InlineData("POST", "/a/b%2fc", FalOperation.None, null, null)]
    public void The_queue_reads_its_addresses(string method, string path, FalOperation operation, string? endpoint, string? requestId)
    {
        var call = Call.OfQueue(method, path);
        Assert.Equal((operation, endpoint, requestId), (call.Operation, call.Endpoint?.ToString(), call.RequestId));
    }

    [Theory]
    [InlineData("POST", "/fal-ai/app/v1", FalOperation.Run, "fal-ai/app/v1")]
    [InlineData("POST", "/fal-ai/app/v1/stream", FalOperation.RunStream, "fal-ai/app/v1")]
    [InlineData("POST", "/fal-ai/stream", FalOperation.Run, "fal-ai/stream")]
    [InlineData("GET", "/fal-ai/app", FalOperation.None, null)]
    public void The_run_host_reads_its_addresses(string method, string path, FalOperation operation, string? endpoint)
    {
        var call = Call.OfRun(method, path);
        Assert.Equal((operation, endpoint), (call.Operation, call.Endpoint?.ToString()));
    }
}
