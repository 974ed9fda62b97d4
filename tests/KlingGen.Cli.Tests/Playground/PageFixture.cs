using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;
using Fal.Emulation;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Playground;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Tests.Playground;

/// <summary>The page's server with its emulator, and a second emulator that stands for fal where paid runs are allowed.</summary>
internal sealed class PageFixture : IAsyncDisposable
{
    public const string Endpoint = "fal-ai/kling-video/v1.6/pro/image-to-video";

    /// <summary>An endpoint that the price list has.</summary>
    public const string PricedEndpoint = "fal-ai/kling-video/v2.5-turbo/pro/image-to-video";

    /// <summary>The key of fal. It must not be in any answer.</summary>
    public const string CanaryKey = "canary-id-7f3a:canary-secret-91c2e5";

    private readonly List<string> _answers = [];

    private PageFixture(FalEmulator emulator, FalEmulator? fal, PlaygroundServer server, StringWriter talk)
    {
        Emulator = emulator;
        Fal = fal;
        Server = server;
        Talk = talk;
        Token = server.Page.Fragment["#token=".Length..];
    }

    public FalEmulator Emulator { get; }

    public FalEmulator? Fal { get; }

    public PlaygroundServer Server { get; }

    public StringWriter Talk { get; }

    public string Token { get; }

    /// <summary>The bodies of all answers so far.</summary>
    public IReadOnlyList<string> Answers => _answers;

    public string Origin => Server.Address.GetLeftPart(UriPartial.Authority);

    private HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <param name="budget">Allows paid runs up to this amount.</param>
    /// <param name="time">The clock of the quotes.</param>
    /// <param name="document">A document beside the bundled ones.</param>
    public static async Task<PageFixture> StartAsync(decimal? budget = null, TimeProvider? time = null, string? document = null)
    {
        var options = new FalEmulatorOptions();
        if (document is not null) options.Documents.Add(document);
        var emulator = await FalEmulator.StartAsync(options);
        emulator.Script.For("**", FalEmulatedRun.Instant);
        var talk = new StringWriter();
        var console = new ToolConsole(TextWriter.Null, talk, outputColours: false, errorColours: false) { Time = time ?? TimeProvider.System };
        FalEmulator? fal = null;
        FalClientOptions? paid = null;
        if (budget is not null)
        {
            fal = await FalEmulator.StartAsync(new FalEmulatorOptions { Key = CanaryKey });
            fal.Script.For("**", FalEmulatedRun.Instant);
            paid = fal.CreateClientOptions();
            paid.Budget = budget;
        }

        SpecInput[] specs = document is null ? [] : [new SpecInput("specs/acme/lumen/clip.json", "acme/lumen/clip", IsBundled: false, document)];
        var server = await PlaygroundServer.StartAsync(new PlaygroundOptions(emulator, specs, console) { Paid = paid }, CancellationToken.None);
        return new PageFixture(emulator, fal, server, talk);
    }

    /// <summary>A call as the page makes it, which a test may spoil before it is sent.</summary>
    public async Task<(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, Action<HttpRequestMessage>? spoil = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.Address, path)) { Content = content };
        request.Headers.Add(PageGuard.TokenHeader, Token);
        if (method != HttpMethod.Get) request.Headers.Add("Origin", Origin);
        spoil?.Invoke(request);
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        lock (_answers) _answers.Add(body);
        return (response.StatusCode, body, response.Headers);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body, _) = await SendAsync(HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {body}");
        return JsonNode.Parse(body)!;
    }

    public async Task<JsonNode> PostAsync(string path, JsonNode json)
    {
        var (status, body) = await TryPostAsync(path, json);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {body}");
        return JsonNode.Parse(body)!;
    }

    public async Task<(HttpStatusCode Status, string Body)> TryPostAsync(string path, JsonNode json)
    {
        var (status, body, _) = await SendAsync(HttpMethod.Post, path, Json(json.ToJsonString()));
        return (status, body);
    }

    public async Task<string> UploadAsync(string name, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var (status, body, _) = await SendAsync(HttpMethod.Post, "/api/uploads?name=" + Uri.EscapeDataString(name), content);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!["reference"]!.GetValue<string>();
    }

    /// <summary>The example of an endpoint as the page fills it in.</summary>
    public async Task<JsonObject> ExampleAsync(string endpoint = Endpoint)
        => (JsonObject)(await GetAsync("/api/form?endpoint=" + endpoint))["example"]!.DeepClone();

    public async Task<JsonObject> CallAsync(string target = "emulator", string? endpoint = null)
    {
        endpoint ??= target == "fal" ? PricedEndpoint : Endpoint;
        return new() { ["endpoint"] = endpoint, ["input"] = await ExampleAsync(endpoint), ["target"] = target };
    }

    /// <summary>Starts a job and reads its events to the end.</summary>
    public async Task<JsonNode[]> RunAsync(JsonNode call)
    {
        var started = await PostAsync("/api/jobs", call);
        var (status, body, _) = await SendAsync(HttpMethod.Get, $"/api/jobs/{started["job"]}/events");
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    /// <summary>Sends bytes that HttpClient would change, and returns the answer as text.</summary>
    public async Task<string> SendRawAsync(string text)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, Server.Address.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n")));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static string Error(string body) => JsonDocument.Parse(body).RootElement.GetProperty("error").GetString()!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        await Emulator.DisposeAsync();
        if (Fal is not null) await Fal.DisposeAsync();
        await Talk.DisposeAsync();
    }
}
