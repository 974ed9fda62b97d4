using Fal;

namespace KlingGen.Benchmarks;

/// <summary>A status poll whose answer brings no news, beside the plain HTTP call of the same bytes, over a handler that answers at once.</summary>
internal static class PollRow
{
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        using var handler = new InstantHandler();
        using var invoker = new HttpMessageInvoker(handler);
        using var fal = new FalClient(new FalClientOptions { Key = "benchmark-id:benchmark-secret", HttpHandler = handler });
        var job = fal.Endpoint("acme/lumen/v1/text-to-clip").Resume("019e0b42-7a5b-7c1f-9d3c-2a7a44f5c1de");
        var sides = await sitting.AlternateCallsAsync(
            15,
            () => job.GetStatusAsync().GetAwaiter().GetResult(),
            () => CallAsync(invoker, job.StatusUrl).GetAwaiter().GetResult());
        return
        [
            Figure.Beside("a poll that brings no news", "µs", (sides[0][0], sides[1][0]), "the plain call"),
            Figure.Beside("the same, allocated", "bytes", (sides[0][1], sides[1][1]), "the plain call"),
        ];
    }

    private static async Task CallAsync(HttpMessageInvoker invoker, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await invoker.SendAsync(request, CancellationToken.None);
        await response.Content.ReadAsByteArrayAsync();
    }

    private sealed class InstantHandler : HttpMessageHandler
    {
        private readonly byte[] _body =
            """{"status":"IN_QUEUE","request_id":"r","queue_position":3,"logs":[],"metrics":{}}"""u8.ToArray();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(_body) });
    }
}
