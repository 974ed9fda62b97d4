using System.Text.Json;
using Fal;
using Fal.Emulation;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Commands;

/// <summary>Jobs against an emulator that the test holds, so that it can see what arrived.</summary>
public sealed class RunTests : IAsyncLifetime, IDisposable
{
    private const string Endpoint = "fal-ai/kling-video/v1.6/pro/image-to-video";
    internal const string Key = "cli-tests:0123456789abcdef";

    private readonly TempFolder _folder = new();
    private FalEmulator _fal = null!;

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable("FAL_KEY", Key);
        Directory.CreateDirectory(_folder.At("empty"));
        _fal = await Emulators.StartAsync([_folder.At("empty")], new FalEmulatorOptions { Key = Key }, CancellationToken.None);
        _fal.Script.For("**", FalEmulatedRun.Instant);
    }

    public async Task DisposeAsync() => await _fal.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_ends_with_its_result_on_standard_output_and_its_token_on_standard_error()
    {
        var run = (await Run(
            "--set",
            "prompt=A heron at dawn.",
            "--set",
            "image_url=https://example.com/heron.png",
            "--set",
            "duration=10",
            "--set",
            "cfg_scale=0.25")).Fine();
        Assert.True(JsonDocument.Parse(run.Out).RootElement.GetProperty("video").TryGetProperty("url", out _));
        Assert.Contains("\ncompleted\n", run.Error, StringComparison.Ordinal);
        var token = FalJobToken.Parse(run.Error.Split('\n').Single(line => line.StartsWith("token ", StringComparison.Ordinal))[6..]);
        Assert.Equal(Endpoint, token.EndpointId);
        Assert.DoesNotContain("0123456789abcdef", run.Out + run.Error, StringComparison.Ordinal);
        Assert.Equal(
            """{"prompt":"A heron at dawn.","image_url":"https://example.com/heron.png","duration":"10","cfg_scale":0.25}""",
            _fal.Received.One(FalOperation.Submit).BodyText);
    }

    [Fact]
    public async Task A_file_gives_the_request_and_what_is_typed_goes_over_it()
    {
        var input = _folder.Write("request.json", """{"prompt": "A heron.", "image_url": "https://example.com/heron.png", "cfg_scale": 0.5}""");
        (await Run("--input", input, "--set", "cfg_scale=0.75")).Fine();
        Assert.Equal(0.75, _fal.Received.One(FalOperation.Submit).BodyJson().GetProperty("cfg_scale").GetDouble());
    }

    [Fact]
    public async Task Everything_wrong_is_said_at_once_in_the_words_of_the_typed_client_and_nothing_is_sent()
    {
        var run = await Run("--set", "image_url=heron.png", "--set", "duration=7", "--set", "cfg_scale=1.5");
        Assert.Equal(1, run.Code);
        Assert.Equal("", run.Out);
        Assert.Contains("refused: 'prompt' is required\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("refused: 'image_url' must be an http or https URL or a data URI, not ", run.Error, StringComparison.Ordinal);
        Assert.Contains("refused: 'duration' must be one of '5' or '10', not '7'; the nearest is '5'\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("refused: 'cfg_scale' must be between 0 and 1, not 1.5\n", run.Error, StringComparison.Ordinal);
        Assert.Empty(_fal.Received.All);
    }

    [Fact]
    public async Task Checks_can_be_left_to_the_server_whose_refusal_ends_with_1()
    {
        var run = await Run(
            "--set",
            "prompt=A heron.",
            "--set",
            "image_url=https://example.com/heron.png",
            "--set",
            "cfg_scale=1.5",
            "--skip-checks");
        Assert.Equal(1, run.Code);
        Assert.Equal(1, _fal.Received.CountOf(FalOperation.Submit));
        Assert.Contains("cfg_scale", run.Error, StringComparison.Ordinal);

        // Each problem stands in one line, and no other line repeats it.
        Assert.Single(run.Error.Split('\n'), line => line.Contains("less than or equal to 1", StringComparison.Ordinal));
        Assert.DoesNotContain("klinggen: error", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_that_the_document_does_not_know_is_sent_with_a_warning()
    {
        var run = (await Run("--set", "prompt=A heron.", "--set", "image_url=https://example.com/heron.png", "--set", "new_flag=true")).Fine();
        Assert.Contains("warning: 'new_flag' is not a property of the request", run.Error, StringComparison.Ordinal);
        Assert.True(_fal.Received.One(FalOperation.Submit).BodyJson().GetProperty("new_flag").GetBoolean());
    }

    [Fact]
    public async Task A_job_that_fails_ends_with_1_and_says_why()
    {
        _fal.Script.For(
            "**",
            FalEmulatedRun.Instant with { Failure = FalEmulatedFailure.ByModel("content_policy_violation", "The picture is not allowed.") });
        var run = await Run("--set", "prompt=A heron.", "--set", "image_url=https://example.com/heron.png");
        Assert.Equal(1, run.Code);
        Assert.Contains("The picture is not allowed.", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Ctrl_C_asks_the_server_to_cancel_and_ends_with_130()
    {
        _fal.Script.For("**", FalEmulatedRun.Instant with { Duration = Timeout.InfiniteTimeSpan });
        using var stop = new CancellationTokenSource();
        var running = ToolRun.Of([.. Arguments("--set", "prompt=A heron.", "--set", "image_url=https://example.com/heron.png")], stop.Token);
        await Task.WhenAny(_fal.Received.WaitForAsync(FalOperation.Status), running);
        await stop.CancelAsync();
        var run = await running;
        Assert.Equal(130, run.Code);
        Assert.Equal(1, _fal.Received.CountOf(FalOperation.Cancel));
        Assert.Contains("A cancel request was sent to fal.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_is_resumed_by_its_token_alone()
    {
        using var client = _fal.CreateClient();
        var input = JsonDocument.Parse("""{"prompt": "A heron.", "image_url": "https://example.com/heron.png"}""").RootElement;
        var job = await client.Endpoint(Endpoint).SubmitAsync(input);
        var run = (await ToolRun.Of("run", "--resume", job.ToToken().ToString(), "--at", _fal.QueueAddress.ToString())).Fine();
        Assert.True(JsonDocument.Parse(run.Out).RootElement.TryGetProperty("video", out _));
        Assert.Equal(1, _fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_job_is_resumed_by_its_request_id_after_the_endpoint()
    {
        using var client = _fal.CreateClient();
        var job = await client.Endpoint(Endpoint)
            .SubmitAsync(JsonDocument.Parse("""{"prompt": "A heron.", "image_url": "https://example.com/heron.png"}""").RootElement);
        (await ToolRun.Of("run", "https://fal.ai/models/" + Endpoint, "--resume", job.RequestId, "--at", _fal.QueueAddress.ToString())).Fine();
        Assert.Equal(1, _fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_request_id_without_its_endpoint_is_refused_with_the_command_that_works()
    {
        var run = await ToolRun.Of("run", "--resume", "01a214ff-d890-7f4e-912a-4f9e903ee8c7");
        Assert.Equal(2, run.Code);
        Assert.Contains("klinggen run <endpoint> --resume 01a214ff-d890-7f4e-912a-4f9e903ee8c7", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-id")]
    [InlineData("--resume", "no.token")]
    [InlineData("--resume", "fal1.cut")]
    [InlineData(Endpoint, "--set", "prompt")]
    [InlineData(Endpoint, "--set", "image_url=@no-such-file.png")]
    [InlineData(Endpoint, "--input", "no-such-file.json")]
    [InlineData(Endpoint, "--timeout", "soon")]
    [InlineData(Endpoint, "--at", "https://example.com")]
    [InlineData(Endpoint, "--set", "prompt=x", "--set", "image_url=https://example.com/a.png", "--at", "http://127.0.0.1:9", "--emulator")]
    public async Task What_cannot_be_done_ends_with_2(params string[] arguments)
    {
        var run = await ToolRun.Of(["run", .. arguments]);
        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task An_endpoint_without_a_document_is_left_to_the_server()
    {
        var run = await ToolRun.Of("run", "acme/lumen/clip", "--set", "level=5", "--at", _fal.QueueAddress.ToString());
        Assert.Contains("There is no document for 'acme/lumen/clip', so only the server can check the request.", run.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, run.Code);
        Assert.Equal("/acme/lumen/clip", Assert.Single(_fal.Received.All).Path);
    }

    [Fact]
    public async Task A_local_file_is_uploaded_first_and_the_result_s_file_is_saved()
    {
        // A picture of one pixel.
        File.WriteAllBytes(
            _folder.At("heron.png"),
            Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
        _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(""" "image_url": {"type": "string"} """, required: "\"image_url\""));
        await using var fal = await Emulators.StartAsync([_folder.At("specs")], new FalEmulatorOptions { Key = Key }, CancellationToken.None);
        fal.Script.For("**", FalEmulatedRun.Instant);
        var run = (await ToolRun.Of(
            "run", "acme/lumen/clip", "--set", "image_url=@" + _folder.At("heron.png"), "--out", _folder.At("film.mp4"), "--at", fal.QueueAddress
                .ToString(), "--specs", _folder.At("specs"))).Fine();
        Assert.Equal(1, fal.Received.CountOf(FalOperation.Upload));
        Assert.StartsWith(
            fal.MediaAddress.ToString(),
            fal.Received.One(FalOperation.Submit).BodyJson().GetProperty("image_url").GetString(),
            StringComparison.Ordinal);
        Assert.Contains($"saved {_folder.At("film.mp4")}\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            JsonDocument.Parse(run.Out).RootElement.GetProperty("video").GetProperty("file_size").GetInt64(),
            new FileInfo(_folder.At("film.mp4")).Length);
    }

    [Fact]
    public async Task The_emulator_within_the_command_needs_no_key()
    {
        var run = (await ToolRun.Of("run", "fal-ai/kling-video/v1/tts", "--set", "text=Hello", "--emulator", "--specs", _folder.At("empty"))).Fine();
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(run.Out).RootElement.ValueKind);
        Assert.DoesNotContain("token ", run.Error, StringComparison.Ordinal);
    }

    private Task<ToolRun> Run(params string[] more) => ToolRun.Of([.. Arguments(more)]);

    private string[] Arguments(params string[] more)
        => ["run", Endpoint, "--at", _fal.QueueAddress.ToString(), "--specs", _folder.At("empty"), .. more];
}
