using System.Text.Json;
using Fal;
using Fal.Emulation;
using KlingGen.Browser.Tests.Driver;
using KlingGen.Cli.Tests.Harness;
using Microsoft.Playwright;

namespace KlingGen.Browser.Tests.Playground;

/// <summary>The playground as a user sees it: forms of different kinds, wrong values, runs, media, code.</summary>
public sealed class PlaygroundInBrowserTests(DrivenBrowser browser) : IClassFixture<DrivenBrowser>
{
    [BrowserFact]
    public async Task Five_endpoints_are_filled_in_run_and_copied_as_code_that_compiles()
    {
        await using var page = await PlaygroundPage.OpenAsync(browser);
        var picture = await PictureAsync(page.Emulator);
        string[] samples =
        [
            await TextToVideoAsync(page), await ImageToVideoAsync(page, picture), await TextToImageAsync(page), await SpeechAsync(page),
            await ShotsAsync(page, picture),
        ];
        Assert.Equal([], await SampleCompiler.CompileAsync(samples));
        Assert.Equal(5, page.Emulator.Received.CountOf(FalOperation.Submit) - 1);
        Assert.Empty(page.Errors);
    }

    [BrowserFact]
    public async Task Token_leaves_the_address_bar_and_the_page_survives_a_reload()
    {
        await using var page = await PlaygroundPage.OpenAsync(browser);
        Assert.DoesNotContain("token", page.Page.Url, StringComparison.Ordinal);
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.Locator("#count")).ToContainTextAsync("endpoints");
        await page.Page.GoBackAsync();
        Assert.DoesNotContain(page.WithToken.Fragment, page.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Page_works_with_the_keyboard_alone()
    {
        await using var page = await PlaygroundPage.OpenAsync(browser);
        var keyboard = page.Page.Keyboard;
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Page.Locator(".skip")).ToBeFocusedAsync();
        await page.Page.FocusAsync("#search");
        await keyboard.TypeAsync("tts");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("#title")).ToHaveTextAsync("fal-ai/kling-video/v1/tts");
        await page.Page.FocusAsync("#tab-csharp");
        await keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Page.Locator("#tab-curl")).ToBeFocusedAsync();
        await Assertions.Expect(page.Page.Locator("#sample")).ToContainTextAsync("curl -X POST");
        await page.CheckedAsync();
        await page.Page.FocusAsync("#run");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("#state")).ToContainTextAsync("completed");
    }

    [BrowserFact]
    public async Task Emulator_panel_shows_requests_and_plans_faults()
    {
        await using var page = await PlaygroundPage.OpenAsync(browser);
        await page.ChooseAsync("fal-ai/kling-video/v1/tts", "tts");
        await page.Page.ClickAsync("#tab-faults");
        await page.Page.SelectOptionAsync("#operation", "status");
        await page.Page.ClickAsync("#plan button[type=submit]");
        await Assertions.Expect(page.Page.Locator("#list")).ToContainTextAsync("answer 503");
        await page.RunAsync();
        await page.Page.ClickAsync("#tab-received");
        await Assertions.Expect(page.Page.Locator("#list")).ToContainTextAsync("Submit 200");
        await Assertions.Expect(page.Page.Locator("#list")).ToContainTextAsync("(fault: answer 503)");

        await page.Page.ClickAsync("#tab-faults");
        await page.Page.ClickAsync("#fail-next");
        await Assertions.Expect(page.Page.Locator("#plan-status")).ToHaveTextAsync("The next job fails.");
        await page.Page.ClickAsync("#run");
        await Assertions.Expect(page.Page.Locator("#state")).ToContainTextAsync("The prompt is not allowed.");
    }

    [BrowserFact]
    public async Task Paid_run_asks_first_and_the_key_does_not_reach_the_browser()
    {
        await using var page = await PlaygroundPage.OpenAsync(browser, budget: 5);
        await page.ChooseAsync("fal-ai/kling-video/v2.5-turbo/pro/image-to-video", "v2.5 pro image");
        await page.Page.Locator("input[value=fal]").CheckAsync();
        await page.CheckedAsync();
        await page.Page.ClickAsync("#run");
        await Assertions.Expect(page.Page.Locator("#confirm-price")).ToContainTextAsync("0.35 USD");
        await Assertions.Expect(page.Page.Locator("#confirm-no")).ToBeFocusedAsync();
        await page.Page.ClickAsync("#confirm-no");
        await Assertions.Expect(page.Page.Locator("#run")).ToBeEnabledAsync();
        Assert.Empty(page.Fal!.Received.All);

        await page.Page.ClickAsync("#run");
        await page.Page.ClickAsync("#confirm-yes");
        await Assertions.Expect(page.Page.Locator("#state")).ToContainTextAsync("completed, cost");
        await Assertions.Expect(page.Page.Locator("#resume")).ToContainTextAsync("klinggen run --resume fal1.");
        Assert.Equal(1, page.Fal.Received.CountOf(FalOperation.Submit));
        Assert.Equal(0, page.Emulator.Received.CountOf(FalOperation.Submit));
        Assert.True(page.Bodies.Count > 5);
        var secret = PlaygroundPage.CanaryKey.Split(':')[1];
        foreach (var body in await Task.WhenAll(page.Bodies)) Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await page.Page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> TextToVideoAsync(PlaygroundPage page)
    {
        await page.ChooseAsync("fal-ai/kling-video/v2.6/pro/text-to-video", "v2.6 text");
        await page.Page.ClickAsync("#clear");
        await page.CheckedAsync();
        await page.ExpectProblemAsync("prompt", "is required");
        await Assertions.Expect(page.Page.Locator("#run")).ToBeDisabledAsync();
        await page.FillAsync("prompt", "A heron at dawn.");
        await page.FillAsync("cfg_scale", "1.5");
        await page.ExpectProblemAsync("cfg_scale", "must be between 0 and 1");
        await page.FillAsync("cfg_scale", "much");
        await page.ExpectProblemAsync("cfg_scale", "must be a number");
        await page.FillAsync("cfg_scale", "0.7");
        await page.SelectAsync("duration", "10");
        await page.SelectAsync("generate_audio", "false");
        await page.ExpectNoProblemsAsync();
        await Assertions.Expect(page.Page.Locator("#price")).Not.ToHaveTextAsync("-");
        await page.RunAsync();
        await AssertPlaysAsync(page, "video");
        await Assertions.Expect(page.Page.Locator("#logs")).ToContainTextAsync("Loading the model");
        using var sent = JsonDocument.Parse(page.Emulator.Received.ForOperation(FalOperation.Submit)[^1].Body);
        Assert.Equal(0.7, sent.RootElement.GetProperty("cfg_scale").GetDouble());
        Assert.False(sent.RootElement.GetProperty("generate_audio").GetBoolean());
        Assert.False(sent.RootElement.TryGetProperty("aspect_ratio", out _));
        return await page.CopyCSharpAsync();
    }

    private static async Task<string> ImageToVideoAsync(PlaygroundPage page, byte[] picture)
    {
        await page.ChooseAsync("fal-ai/kling-video/v1.6/pro/image-to-video", "v1.6 pro image");
        await page.UploadAsync("image_url", "car.mp4", picture);
        await page.ExpectProblemAsync("image_url", "car.mp4");
        await page.UploadAsync("image_url", "car.png", picture);
        await page.ExpectNoProblemsAsync();
        await page.RunAsync();
        await AssertPlaysAsync(page, "video");
        Assert.Contains(page.Emulator.Files.Uploaded, file => file.Name == "car.png");
        var sample = await page.CopyCSharpAsync();
        Assert.Contains("FalMedia.FromFile(\"car.png\")", sample, StringComparison.Ordinal);
        return sample;
    }

    private static async Task<string> TextToImageAsync(PlaygroundPage page)
    {
        await page.ChooseAsync("fal-ai/kling-image/v3/text-to-image", "kling-image v3 text");
        await page.FillAsync("num_images", "99");
        await page.ExpectProblemAsync("num_images", "must be");
        await page.FillAsync("num_images", "2");
        await page.ExpectNoProblemsAsync();
        await page.RunAsync();
        await page.WaitUntilAsync("document.querySelector('#media img')?.naturalWidth > 0");
        return await page.CopyCSharpAsync();
    }

    private static async Task<string> SpeechAsync(PlaygroundPage page)
    {
        await page.ChooseAsync("fal-ai/kling-video/v1/tts", "tts");
        await page.FillAsync("voice_speed", "9");
        await page.ExpectProblemAsync("voice_speed", "between");
        await page.FillAsync("voice_speed", "1.2");
        await page.FillAsync("text", "It says \"hello\".");
        await page.ExpectNoProblemsAsync();
        await page.RunAsync();
        await AssertPlaysAsync(page, "audio");
        return await page.CopyCSharpAsync();
    }

    /// <summary>Lists of objects, and rules over several properties.</summary>
    private static async Task<string> ShotsAsync(PlaygroundPage page, byte[] picture)
    {
        await page.ChooseAsync("fal-ai/kling-video/v3/pro/image-to-video", "v3 pro image");
        await page.Page.ClickAsync("#clear");
        await page.UploadAsync("start_image_url", "start.png", picture);
        await Assertions.Expect(page.Page.Locator("#problems")).ToContainTextAsync("multi_prompt");
        await page.FillAsync("prompt", "One shot.");
        await page.Field("multi_prompt").Locator("> div > button").ClickAsync();
        await page.CheckedAsync();
        await Assertions.Expect(page.Page.Locator("#problems")).ToContainTextAsync("prompt");
        await page.Field("multi_prompt").Locator("[data-name=prompt] textarea").FillAsync("A heron takes off.");
        await page.FillAsync("prompt", "");
        await page.ExpectProblemAsync("multi_prompt", "shot_type");
        await page.SelectAsync("shot_type", "customize");
        await page.ExpectNoProblemsAsync();
        await page.RunAsync();
        await AssertPlaysAsync(page, "video");
        return await page.CopyCSharpAsync();
    }

    private static async Task AssertPlaysAsync(PlaygroundPage page, string kind)
    {
        await page.WaitUntilAsync($"document.querySelector('#media {kind}')?.readyState >= 1");
        await PlaygroundPage.EvaluateAsync(page.Page, $"document.querySelector('#media {kind}').muted = true");
        await PlaygroundPage.EvaluateAsync(page.Page, $"document.querySelector('#media {kind}').play().then(() => true)");
        await page.WaitUntilAsync($"document.querySelector('#media {kind}').currentTime > 0");
    }

    /// <summary>A picture that is large enough for every endpoint: one that the emulator made.</summary>
    private static async Task<byte[]> PictureAsync(FalEmulator emulator)
    {
        using var client = emulator.CreateClient();
        using var input = JsonDocument.Parse("""{"prompt": "A heron.", "aspect_ratio": "1:1"}""");
        var endpoint = new FalEndpoint<FalRawResult, FalRawResult>(client, "fal-ai/kling-image/v3/text-to-image");
        var result = await endpoint.RunAsync(new FalRawResult { Json = input.RootElement.Clone() });
        using var http = new HttpClient();
        return await http.GetByteArrayAsync(new Uri(result.Json.GetProperty("images")[0].GetProperty("url").GetString()!));
    }
}
