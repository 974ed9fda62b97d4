using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Emulation.Tests;

/// <summary>An emulator on a clock that stands still, and a client of it whose pauses pass at once unless it shares that clock.</summary>
internal sealed class EmulatorFixture : IAsyncDisposable
{
    public const string Endpoint = "fal-ai/kling-video/v1.6/pro/image-to-video";
    public const string Body = """{"prompt":"Snow falls.","image_url":"https://example.com/car.jpg"}""";

    private EmulatorFixture(FalEmulator fal, FakeTime time, FalClient client)
    {
        Fal = fal;
        Time = time;
        Client = client;
    }

    public FalEmulator Fal { get; }

    /// <summary>The emulator's clock.</summary>
    public FakeTime Time { get; }

    public FalClient Client { get; }

    public FalDynamicEndpoint Video => Client.Endpoint(Endpoint);

    public static async Task<EmulatorFixture> StartAsync(Action<FalEmulatorOptions>? change = null, Action<FalClientOptions>? client = null)
    {
        var time = new FakeTime();
        var options = new FalEmulatorOptions { TimeProvider = time };
        change?.Invoke(options);
        var fal = await FalEmulator.StartAsync(options);
        return new EmulatorFixture(fal, time, fal.CreateClient(own =>
        {
            own.TimeProvider = new FakeTime { SkipDelays = true };
            client?.Invoke(own);
        }));
    }

    /// <summary>Submits with our client.</summary>
    public Task<FalJob<FalRawResult>> SubmitJobAsync() => Video.SubmitAsync(JsonSerializer.Deserialize<JsonElement>(Body));

    /// <summary>Waits until this many calls of a kind have come; not for ever.</summary>
    public Task ReceivedAsync(FalOperation operation, int count = 1)
        => Fal.Received.WaitForAsync(operation, count).WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>A call as any HTTP client would make it, with the key.</summary>
    public async Task<HttpAnswer> SendAsync(
        HttpMethod method,
        Uri host,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(host, path));
        if (body is not null) request.Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        if (!headers.Any(header => header.Name == "Authorization")) request.Headers.TryAddWithoutValidation("Authorization", $"Key {Fal.Key}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        return new HttpAnswer(
            (int)response.StatusCode,
            response.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    /// <summary>Submits without our client, and returns the request's id.</summary>
    public async Task<string> SubmitAsync(string body = Body, string endpoint = Endpoint)
    {
        var answer = await SendAsync(HttpMethod.Post, Fal.QueueAddress, endpoint, body);
        Assert.Equal(200, answer.StatusCode);
        return answer.Json.GetProperty("request_id").GetString()!;
    }

    public Task<HttpAnswer> JobAsync(string requestId, string suffix = "")
        => SendAsync(HttpMethod.Get, Fal.QueueAddress, $"fal-ai/kling-video/requests/{requestId}{suffix}");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Fal.DisposeAsync();
    }
}
