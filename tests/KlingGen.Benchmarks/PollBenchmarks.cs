using BenchmarkDotNet.Attributes;
using Fal;

namespace KlingGen.Benchmarks;

/// <summary>A status poll whose answer brings no news, beside the plain HTTP call of the same bytes.</summary>
[MemoryDiagnoser]
public class PollBenchmarks : IDisposable
{
    private readonly InstantHandler _handler = new();
    private readonly HttpMessageInvoker _invoker;
    private readonly FalClient _fal;
    private readonly FalJob<FalRawResult> _job;

    public PollBenchmarks()
    {
        _invoker = new HttpMessageInvoker(_handler);
        _fal = new FalClient(new FalClientOptions { Key = "benchmark-id:benchmark-secret", HttpHandler = _handler });
        _job = _fal.Endpoint("acme/lumen/v1/text-to-clip").Resume("019e0b42-7a5b-7c1f-9d3c-2a7a44f5c1de");
    }

    [Benchmark(Baseline = true)]
    public async Task<int> PlainCall()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _job.StatusUrl);
        using var response = await _invoker.SendAsync(request, CancellationToken.None);
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }

    [Benchmark]
    public Task<FalJobStatus> Poll() => _job.GetStatusAsync();

    [GlobalCleanup]
    public void Dispose()
    {
        _fal.Dispose();
        _invoker.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class InstantHandler : HttpMessageHandler
    {
        private readonly byte[] _body =
            """{"status":"IN_QUEUE","request_id":"r","queue_position":3,"logs":[],"metrics":{}}"""u8.ToArray();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(_body) });
    }
}
