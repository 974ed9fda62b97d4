using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace KlingGen.Aspire.Tests;

/// <summary>The sample AppHost, with the tool as it was packed, or as it was built where none is installed.</summary>
public sealed partial class AppHostTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(3));
    private readonly string _data = Directory.CreateTempSubdirectory("klinggen-apphost-").FullName;
    private DistributedApplication? _app;

    private CancellationToken Limit => _limit.Token;

    private DistributedApplication App => _app!;

    public async Task InitializeAsync()
    {
        var packed = Repository.At("artifacts", "tool", "klinggen");
        var built = typeof(AppHostTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Tool").Value!;
        var tool = File.Exists(packed) ? packed : built;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--klinggen", tool], (options, _) => options.DisableDashboard = true, Limit);
        builder.CreateResourceBuilder<ProjectResource>("studio").WithEnvironment("Studio__Data", _data);
        _app = await builder.BuildAsync(Limit);
        await App.StartAsync(Limit);
    }

    [Fact]
    public async Task Video_studio_makes_a_video_with_the_emulator()
    {
        await App.ResourceNotifications.WaitForResourceHealthyAsync("studio", Limit);
        using var http = App.CreateHttpClient("studio");
        var price = await http.GetFromJsonAsync<JsonElement>("/price?seconds=5&sound=true", Limit);
        Assert.True(price.GetProperty("isEmulated").GetBoolean());

        using var form = new MultipartFormDataContent
        {
            { new StringContent("Snow falls."), "prompt" },
            { new StringContent("5"), "seconds" },
            { new ByteArrayContent(Picture(400)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "picture", "picture.png" },
        };
        using var answer = await http.PostAsync("/videos", form, Limit);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Limit));
        var video = await answer.Content.ReadFromJsonAsync<JsonElement>(Limit);
        await ReadUntilAsync(http, "/events", "\"state\":\"done\"");

        var file = await http.GetByteArrayAsync($"/videos/{video.GetProperty("id").GetString()}/file", Limit);
        Assert.Equal("ftyp"u8.ToArray(), file[4..8]);
    }

    [Fact]
    public async Task Webhook_of_the_emulator_reaches_the_app()
    {
        await App.ResourceNotifications.WaitForResourceAsync("orders", KnownResourceStates.Running, Limit);
        using var http = App.CreateHttpClient("orders", "http");
        using var answer = await http.PostAsJsonAsync("/orders/4711", new { prompt = "Snow falls.", image_url = "https://example.com/a.png" }, Limit);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Limit));
        await ReadUntilAsync(http, answer.Headers.Location!.ToString(), "COMPLETED");
        // The signature, the query and the handler are behind the 200.
        await App.WaitForLineAsync("orders", Taken(), Limit);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    public void Dispose() => _limit.Dispose();

    [GeneratedRegex("Request finished .*/hooks/videos.* - 200 ")]
    private static partial Regex Taken();

    private async Task ReadUntilAsync(HttpClient http, string path, string wanted)
    {
        using var reader = new StreamReader(await http.GetStreamAsync(path, Limit));
        while (await reader.ReadLineAsync(Limit) is { } line)
            if (line.Contains(wanted, StringComparison.Ordinal)) return;
        Assert.Fail($"The stream {path} ended without {wanted}.");
    }

    /// <summary>The part of a square PNG that tells its size.</summary>
    private static byte[] Picture(int side)
    {
        byte[] bytes = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), side);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), side);
        return bytes;
    }
}
