using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

/// <summary>A client on a scripted handler and a fake clock, as most tests need it.</summary>
internal sealed class TestFal : IDisposable
{
    public TestFal(CanaryGuard canary, FakeTime? time = null, Action<FalClientOptions>? change = null)
    {
        Time = time ?? new FakeTime { SkipDelays = true };
        Handler = canary.Watch(new ScriptedHandler());
        var options = new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = Handler, TimeProvider = Time };
        change?.Invoke(options);
        Client = new FalClient(options, _ => null);
    }

    public FakeTime Time { get; }

    public ScriptedHandler Handler { get; }

    public FalClient Client { get; }

    public FalTransport Transport => Client.Transport;

    public Task<HttpResponseMessage> SubmitAsync(
        string path = "/acme/lumen/v1/text-to-clip",
        string body = """{"prompt":"x"}""",
        CancellationToken ct = default)
        => Transport.SendToFalAsync(FalHost.Queue, path, HttpMethod.Post, Content(body), FalCallKind.Submit, null, ct);

    public async Task<HttpResponseMessage> StatusAsync(CancellationToken ct = default)
    {
        await Transport.WaitForPollSlotAsync(ct);
        const string Path = "/acme/lumen/requests/abc-1/status";
        return await Transport.SendToFalAsync(FalHost.Queue, Path, HttpMethod.Get, null, FalCallKind.Read, null, default, ct, hasPollSlot: true);
    }

    public Task<HttpResponseMessage> ResultAsync(CancellationToken ct = default)
        => Transport.SendToFalAsync(FalHost.Queue, "/acme/lumen/requests/abc-1", HttpMethod.Get, null, FalCallKind.Result, null, ct);

    public static Func<HttpContent?> Content(string body)
        => () => new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

    public void Dispose()
    {
        Client.Dispose();
        Handler.Dispose();
    }
}

internal static class TransportCalls
{
    /// <summary>A call that belongs to no job: its spans belong to the current activity.</summary>
    public static Task<HttpResponseMessage> SendToFalAsync(
        this FalTransport transport,
        FalHost host,
        string path,
        HttpMethod method,
        Func<HttpContent?>? content,
        FalCallKind kind,
        Action<System.Net.Http.Headers.HttpRequestHeaders>? headers,
        CancellationToken ct)
        => transport.SendToFalAsync(host, path, method, content, kind, headers, default, ct);
}
