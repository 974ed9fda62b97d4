using System.Drawing;

namespace Fal.Tests;

/// <summary>Endpoints as image generators and text-to-speech clients.</summary>
public sealed class GeneratorTests : IDisposable
{
    private const string Images =
        """{"images":[{"url":"https://files.example/a.png","content_type":"image/png"},{"url":"data:image/webp;base64,AAAA"}]}""";

    private readonly FalTestHandler _handler = new(run => run.CompleteJson(run.EndpointId.EndsWith("tts", StringComparison.Ordinal)
        ? """{"audio":{"url":"https://files.example/a.mp3"}}""" : Images));

    public void Dispose() => _handler.Dispose();

    private FalClient Client() => FalTesting.CreateClient(_handler);

    private string Sent => Assert.Single(_handler.Runs).Input.GetRawText();

    [Fact]
    public async Task GenerateAsync_maps_options_to_members()
    {
        using var fal = Client();
        using var generator = fal.KlingImage().V3.TextToImage.AsImageGenerator();
        var response = await generator.GenerateAsync(new("A teapot."), new()
        {
            Count = 2,
            ImageSize = new Size(1920, 1080),
            MediaType = "image/jpeg",
            ModelId = "fal-ai/kling-image/v3/text-to-image",
            AdditionalProperties = new() { ["resolution"] = "2K" },
        });
        Assert.Equal("""{"prompt":"A teapot.","resolution":"2K","num_images":2,"aspect_ratio":"16:9","output_format":"jpeg"}""", Sent);
        Assert.Equal("https://files.example/a.png", Assert.IsType<UriContent>(response.Contents[0]).Uri.AbsoluteUri);
        Assert.Equal("image/webp", Assert.IsType<DataContent>(response.Contents[1]).MediaType);
        Assert.IsType<KlingImage.T2IV3ImageOutput>(response.RawRepresentation, exactMatch: false);
    }

    [Fact]
    public async Task GenerateAsync_uploads_original_images_and_downloads_data()
    {
        using var fal = Client();
        _handler.AddFile("https://files.example/a.png", new byte[] { 1, 2, 3 }, "image/png");
        using var generator = fal.KlingImage().V3.ImageToImage.AsImageGenerator();
        var original = new DataContent(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "image/png") { Name = "teapot.png" };
        var options = new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data };
        var response = await generator.GenerateAsync(new("In watercolour.", [original]), options);
        Assert.Equal(new byte[] { 1, 2, 3 }, Assert.IsType<DataContent>(response.Contents[0]).Data.ToArray());
        var url = Assert.Single(_handler.Runs).Input.GetProperty("image_url").GetString()!;
        Assert.Equal(4, _handler.Uploads[url].Length);
    }

    [Theory]
    [InlineData(1000, 7, null, null, "aspect_ratio")]
    [InlineData(null, null, "image/gif", null, "output_format")]
    [InlineData(null, null, null, "another-model", "another-model")]
    public async Task GenerateAsync_refuses_what_the_endpoint_cannot_do(int? width, int? height, string? type, string? model, string expected)
    {
        using var fal = Client();
        using var generator = fal.KlingImage().V3.TextToImage.AsImageGenerator();
        var size = width is null ? (Size?)null : new Size(width.Value, height!.Value);
        var options = new ImageGenerationOptions { ImageSize = size, MediaType = type, ModelId = model };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(new("A teapot."), options));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(_handler.Runs);
    }

    [Fact]
    public async Task Paid_image_whose_download_fails_is_returned_as_its_URL()
    {
        const string json = """{"images":[{"url":"https://files.example/a.png"},{"url":"https://files.example/gone.png"}]}""";
        using var handler = new FalTestHandler(run => run.CompleteJson(json));
        handler.AddFile("https://files.example/a.png", new byte[] { 1, 2, 3 }, "image/png");
        using var fal = FalTesting.CreateClient(handler, options => options.Retry = new FalRetryOptions { MaxRetries = 0 });
        using var generator = fal.KlingImage().V3.TextToImage.AsImageGenerator();
        var options = new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data };
        var response = await generator.GenerateAsync(new("A teapot."), options);
        Assert.Equal(3, Assert.IsType<DataContent>(response.Contents[0]).Data.Length);
        Assert.Equal("https://files.example/gone.png", Assert.IsType<UriContent>(response.Contents[1]).Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("\"png\"", "image/png")]
    [InlineData("\"\"", "image/png")]
    [InlineData("\"image/webp\"", "image/webp")]
    [InlineData("null", "image/png")]
    public async Task Content_type_of_a_paid_image_is_replaced_where_it_is_malformed(string type, string expected)
    {
        const string json = """
            {"images":[{"url":"https://files.example/a.png","content_type":TYPE},{"url":"data:image/webp;base64,AAAA","content_type":TYPE}]}
            """;
        using var handler = new FalTestHandler(run => run.CompleteJson(json.Replace("TYPE", type, StringComparison.Ordinal)));
        using var fal = FalTesting.CreateClient(handler);
        using var generator = fal.KlingImage().V3.TextToImage.AsImageGenerator();
        var response = await generator.GenerateAsync(new("A teapot."));
        Assert.Equal(expected, Assert.IsType<UriContent>(response.Contents[0]).MediaType);
        Assert.Equal("image/webp", Assert.IsType<DataContent>(response.Contents[1]).MediaType);
    }

    [Theory]
    [InlineData("""{"images":[{"url":"https://files.example/a.png","file_size":"3"}]}""")]
    [InlineData("""{"images":[{"url":"https://files.example/a.png","file_size":3.5}]}""")]
    [InlineData("""{"images":[{"url":"https://files.example/a.png"},{"url":"not a URL"},{"url":null},{"url":""}]}""")]
    [InlineData("""{"images":[{"url":"https://files.example/a.png"},null,7,{"url":"data:,"},{"url":"data:image/png;base64,###"}]}""")]
    [InlineData("""{"image":{"url":"https://files.example/a.png","width":"wide"}}""")]
    public async Task Odd_files_of_a_paid_result_do_not_lose_the_others(string json)
    {
        using var handler = new FalTestHandler(run => run.CompleteJson(json));
        using var fal = FalTesting.CreateClient(handler);
        const string schema = """{"type":"object","properties":{"prompt":{"type":"string"}}}""";
        using var generator = new FalEndpoint<FalRawResult, FalRawResult>(fal, "acme/draw").AsImageGenerator(schema);
        var response = await generator.GenerateAsync(new("A teapot."));
        Assert.Equal("https://files.example/a.png", Assert.IsType<UriContent>(response.Contents[0]).Uri.AbsoluteUri);
        Assert.NotNull(response.RawRepresentation);
    }

    [Fact]
    public async Task GenerateAsync_reads_a_list_of_types_in_a_schema()
    {
        using var fal = Client();
        const string schema = """
            {"type":"object","properties":{"prompt":{"type":"string"},"image_urls":{"type":["array","null"],"items":{"type":"string"}}}}
            """;
        using var generator = new FalEndpoint<FalRawResult, FalRawResult>(fal, "acme/draw").AsImageGenerator(schema);
        await generator.GenerateAsync(new("A teapot.", [new UriContent("https://files.example/b.png", "image/png")]));
        Assert.Equal("""{"prompt":"A teapot.","image_urls":["https://files.example/b.png"]}""", Sent);
    }

    [Fact]
    public async Task GenerateAsync_refuses_original_images_where_there_is_no_member()
    {
        using var fal = Client();
        using var generator = fal.KlingImage().V3.TextToImage.AsImageGenerator();
        var images = new AIContent[] { new UriContent("https://files.example/b.png", "image/png") };
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(new("A teapot.", images)));
        Assert.Empty(_handler.Runs);
    }

    [Fact]
    public async Task GenerateAsync_checks_the_request_and_keeps_the_cost_limit_of_the_options()
    {
        using var fal = Client();
        using var generator = fal.KlingImage().V3.TextToImage.AsImageGenerator(new() { MaxCost = 0.0001m });
        await Assert.ThrowsAsync<FalValidationException>(() => generator.GenerateAsync(new("A teapot."), new() { Count = 99 }));
        await Assert.ThrowsAsync<FalCostLimitException>(() => generator.GenerateAsync(new("A teapot.")));
        Assert.Empty(_handler.Runs);
    }

    [Fact]
    public async Task GenerateAsync_starts_with_the_raw_request()
    {
        using var fal = Client();
        using var generator = fal.KlingImage().V3.TextToImage.AsImageGenerator();
        await generator.GenerateAsync(new("A teapot."), new()
        {
            RawRepresentationFactory = _ => new KlingImage.V3TextToImageRequest { Prompt = "A cup.", NegativePrompt = "people" },
        });
        Assert.Equal("""{"prompt":"A teapot.","negative_prompt":"people"}""", Sent);
        var wrong = new ImageGenerationOptions { RawRepresentationFactory = _ => "text" };
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(new("A teapot."), wrong));
    }

    [Fact]
    public void GetService_names_provider_and_model()
    {
        using var fal = Client();
        using var generator = fal.KlingImage().V3.TextToImage.AsImageGenerator();
        var metadata = generator.GetService<ImageGeneratorMetadata>()!;
        Assert.Equal(("fal", "fal-ai/kling-image/v3/text-to-image"), (metadata.ProviderName, metadata.DefaultModelId));
        Assert.Same(fal, generator.GetService<FalClient>());
        using var speech = fal.KlingVideo().V1.Tts.AsTextToSpeechClient();
        Assert.Equal("fal-ai/kling-video/v1/tts", speech.GetService<TextToSpeechClientMetadata>()!.DefaultModelId);
    }

    [Fact]
    public async Task GetAudioAsync_maps_options_to_members()
    {
        using var fal = Client();
        using var speech = fal.KlingVideo().V1.Tts.AsTextToSpeechClient();
        var response = await speech.GetAudioAsync("The museum closes.", new() { VoiceId = "uk_man2", Speed = 1.5f });
        Assert.Equal("""{"text":"The museum closes.","voice_id":"uk_man2","voice_speed":1.5}""", Sent);
        Assert.Equal("https://files.example/a.mp3", Assert.IsType<UriContent>(Assert.Single(response.Contents)).Uri.AbsoluteUri);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => speech.GetAudioAsync("Hello.", new() { Pitch = 2 }));
        Assert.Contains("Pitch", error.Message, StringComparison.Ordinal);
        Assert.Single(_handler.Runs);
    }

    [Fact]
    public async Task GetStreamingAudioAsync_yields_the_file()
    {
        using var fal = Client();
        using var speech = fal.KlingVideo().V1.Tts.AsTextToSpeechClient();
        var updates = new List<TextToSpeechResponseUpdate>();
        await foreach (var update in speech.GetStreamingAudioAsync("Hello.")) updates.Add(update);
        Assert.Contains(updates, update => update.Contents.OfType<UriContent>().Any());
    }
}
