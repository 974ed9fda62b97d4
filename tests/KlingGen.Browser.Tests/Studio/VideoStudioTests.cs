using Fal.Emulation;
using KlingGen.Browser.Tests.Driver;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlingGen.Browser.Tests.Studio;

/// <summary>The sample VideoStudio in a browser: what a person does, sees and reads.</summary>
public sealed class VideoStudioTests(DrivenBrowser browser) : IClassFixture<DrivenBrowser>
{
    private const string Prompt = "The tide comes in and covers the sand.";

    [BrowserFact]
    public async Task A_picture_becomes_a_video_that_plays()
    {
        await using var app = await StudioApp.StartAsync();
        await using var context = await browser.NewContextAsync();
        var page = await StudioPage.OpenAsync(context, app);
        var price = page.Page.Locator("#price");
        await Expect(price).ToContainTextAsync("0.7 USD");
        await page.Page.GetByLabel("Length").SelectOptionAsync("10");
        await Expect(price).ToContainTextAsync("1.4 USD");
        await page.Page.GetByLabel("With sound").UncheckAsync();
        await Expect(price).ToContainTextAsync("0.7 USD");

        await page.StartAsync(Prompt, await browser.TakePictureAsync(400));
        await Expect(page.Page.GetByAltText("The picture that you chose")).ToBeVisibleAsync();
        await page.SeeAsync(Prompt, "in the queue");
        await page.SeeAsync(Prompt, "Being made");
        await page.UntilAsync("document.querySelector('progress')?.value >= 25");
        await page.SeeAsync(Prompt, "Finished");
        await Expect(page.Page.GetByText("Finished: " + Prompt)).ToBeAttachedAsync();
        await page.UntilAsync("document.querySelector('video').currentTime > 0.2");
        Assert.InRange(await page.Page.EvaluateAsync<double>("document.querySelector('video').duration"), 9.5, 10.5);

        var body = app.Fal.Received.One(FalOperation.Submit).BodyJson();
        Assert.Equal(Prompt, body.GetProperty("prompt").GetString());
        Assert.False(body.GetProperty("generate_audio").GetBoolean());
        Assert.Equal("image/png", app.Fal.Files.Uploaded.Single().ContentType);
        Assert.Empty(page.ConsoleErrors);
    }

    [BrowserFact]
    public async Task Cancel_stops_the_job()
    {
        await using var app = await StudioApp.StartAsync();
        app.Fal.Script.Next(FalEmulatedRun.Default with { Duration = TimeSpan.FromMinutes(10) });
        await using var context = await browser.NewContextAsync();
        var page = await StudioPage.OpenAsync(context, app);
        await page.StartAsync(Prompt, await browser.TakePictureAsync(400));
        await page.SeeAsync(Prompt, "Being made");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel: " + Prompt }).ClickAsync();
        await page.SeeAsync(Prompt, "Cancelled");
        await Expect(page.Card(Prompt).GetByRole(AriaRole.Button)).ToBeHiddenAsync();
        Assert.Equal(1, app.Fal.Received.CountOf(FalOperation.Cancel));
    }

    [BrowserFact]
    public async Task Wrong_input_is_named_at_its_field_and_nothing_is_sent()
    {
        await using var app = await StudioApp.StartAsync("--Fal:Budget", "0.5");
        await using var context = await browser.NewContextAsync();
        var page = await StudioPage.OpenAsync(context, app);
        await page.Make.ClickAsync();
        await Expect(page.Prompt).ToBeFocusedAsync();
        await Expect(page.Prompt).ToHaveAccessibleDescriptionAsync("Describe what should happen.");

        await page.Prompt.FillAsync(Prompt);
        await page.Make.ClickAsync();
        await Expect(page.Page.Locator("#picture-error")).ToHaveTextAsync("Choose a picture.");
        await Expect(page.Prompt).Not.ToHaveAttributeAsync("aria-invalid", "true");

        await page.Page.GetByLabel("With sound").UncheckAsync();
        await page.StartAsync(Prompt, await browser.TakePictureAsync(200));
        await Expect(page.Page.Locator("#picture-error")).ToHaveTextAsync(
            "The picture must be at least 300×300 pixels, but yours is 200×200.");

        await page.Page.GetByLabel("With sound").CheckAsync();
        await page.StartAsync(Prompt, await browser.TakePictureAsync(400));
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("more than what is left of the budget");
        Assert.Equal(0, app.Fal.Received.CountOf(FalOperation.Submit));
        await Expect(page.Page.GetByText("No videos yet.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Failures_of_a_job_are_told_in_plain_words()
    {
        await using var app = await StudioApp.StartAsync();
        await using var context = await browser.NewContextAsync();
        var page = await StudioPage.OpenAsync(context, app);
        var picture = await browser.TakePictureAsync(400);
        app.Fal.Script.Next(FalEmulatedRun.Instant with
        {
            Failure = FalEmulatedFailure.ByModel("content_policy_violation", "Flagged.", property: "prompt"),
        });
        await page.StartAsync("A bad idea", picture);
        await page.SeeAsync("A bad idea", "fal's safety filter refused the picture or the description.");
        app.Fal.Script.Next(FalEmulatedRun.Instant with { Failure = FalEmulatedFailure.ByFal("runner_disconnected") });
        await page.StartAsync("Bad luck", picture);
        await page.SeeAsync("Bad luck", "This is not about your picture or description: try again.");

        // The job starts, and the answer is lost.
        app.Fal.Faults.Add(FalOperation.Submit, FalFault.Reset());
        await page.StartAsync("Lost", picture);
        await page.SeeAsync("Lost", "It is not known whether this video was started");
        Assert.Equal(3, app.Fal.Received.CountOf(FalOperation.Submit));
    }

    [BrowserFact]
    public async Task A_reload_keeps_the_video_and_its_progress()
    {
        await using var app = await StudioApp.StartAsync();
        await using var context = await browser.NewContextAsync();
        var page = await StudioPage.OpenAsync(context, app);
        await page.StartAsync(Prompt, await browser.TakePictureAsync(400));
        await page.SeeAsync(Prompt, "Being made");
        await page.Page.ReloadAsync();
        await page.SeeAsync(Prompt, "Finished");
        await page.Page.ReloadAsync();
        await page.SeeAsync(Prompt, "Finished");
        await page.UntilAsync("document.querySelector('video').readyState >= 1");
        Assert.Equal(1, app.Fal.Received.CountOf(FalOperation.Submit));
    }

    [BrowserFact]
    public async Task Two_tabs_show_and_stop_the_same_video()
    {
        await using var app = await StudioApp.StartAsync();
        app.Fal.Script.Next(FalEmulatedRun.Default with { Duration = TimeSpan.FromMinutes(10) });
        await using var context = await browser.NewContextAsync();
        var first = await StudioPage.OpenAsync(context, app);
        var second = await StudioPage.OpenAsync(context, app);
        await first.StartAsync(Prompt, await browser.TakePictureAsync(400));
        await second.SeeAsync(Prompt, "Being made");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel: " + Prompt }).ClickAsync();
        await first.SeeAsync(Prompt, "Cancelled");
        await second.SeeAsync(Prompt, "Cancelled");
    }

    [BrowserFact]
    public async Task A_killed_app_goes_on_with_its_videos_after_a_restart()
    {
        await using var app = await StudioApp.StartAsync();
        await using var context = await browser.NewContextAsync();
        var page = await StudioPage.OpenAsync(context, app);
        var picture = await browser.TakePictureAsync(400);
        app.Fal.Script.Next(FalEmulatedRun.Instant);
        await page.StartAsync("Made before", picture);
        await page.SeeAsync("Made before", "Finished");
        app.Fal.Script.Next(FalEmulatedRun.Default with { Duration = TimeSpan.FromSeconds(4) });
        await page.StartAsync("Under way", picture);
        await page.SeeAsync("Under way", "Being made");
        app.Fal.Faults.Add(FalOperation.Submit, FalFault.Delay(TimeSpan.FromMinutes(10)));
        await page.StartAsync("On its way", picture);
        await app.Fal.Received.WaitForAsync(FalOperation.Submit, count: 3);

        await app.KillAsync();
        await Expect(page.Page.GetByText("The connection to the server is lost.")).ToBeVisibleAsync();
        await app.RunAsync();
        await Expect(page.Page.GetByText("The connection to the server is lost.")).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await page.SeeAsync("Under way", "Finished");
        await page.SeeAsync("On its way", "It is not known whether this video was started");

        await page.Page.ReloadAsync();
        await Expect(page.Page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await page.SeeAsync("Made before", "Finished");
        await page.UntilAsync("[...document.querySelectorAll('video:not([hidden])')].filter((v) => v.readyState >= 1).length === 2");
        Assert.Equal(3, app.Fal.Received.CountOf(FalOperation.Submit));
    }

    [BrowserFact]
    public async Task Without_a_key_an_emulator_makes_the_video_by_keyboard_alone()
    {
        await using var app = await StudioApp.StartWithoutKeyAsync();
        await using var context = await browser.NewContextAsync();
        var page = await StudioPage.OpenAsync(context, app);
        await Expect(page.Page.GetByText("fal is an emulator here")).ToBeVisibleAsync();
        await page.Picture.SetInputFilesAsync(await browser.TakePictureAsync(400));
        var keyboard = page.Page.Keyboard;
        await keyboard.PressAsync("Tab");
        await Expect(page.Prompt).ToBeFocusedAsync();
        await keyboard.TypeAsync(Prompt);
        string[] stops = ["picture", "seconds", "sound", "make"];
        foreach (var id in stops)
        {
            await keyboard.PressAsync("Tab");
            await Expect(page.Page.Locator("#" + id)).ToBeFocusedAsync();
        }
        await keyboard.PressAsync("Enter");
        await page.SeeAsync(Prompt, "Finished");
    }

    [BrowserFact]
    public async Task A_page_of_another_site_cannot_start_a_video()
    {
        await using var app = await StudioApp.StartAsync();
        using var http = new HttpClient { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/videos") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [BrowserFact]
    public async Task Light_and_dark_have_contrast_and_fit_a_phone()
    {
        await using var app = await StudioApp.StartAsync();
        var picture = await browser.TakePictureAsync(400);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var context = await browser.NewContextAsync(scheme);
            var page = await StudioPage.OpenAsync(context, app);
            await PrepareAsync(app, page, picture, scheme.ToString());
            Assert.Empty(await page.FaintTextsAsync());
            await Screenshots.TakeAsync(page.Page, $"studio-{scheme}");
            await page.Page.SetViewportSizeAsync(360, 800);
            Assert.Equal(360, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            await Screenshots.TakeAsync(page.Page, $"studio-{scheme}-phone");
        }
    }

    /// <summary>One video of each kind, and a form with errors.</summary>
    private static async Task PrepareAsync(StudioApp app, StudioPage page, FilePayload picture, string name)
    {
        await page.StartAsync(name + " finished", picture);
        await page.SeeAsync(name + " finished", "Finished");
        app.Fal.Script.Next(FalEmulatedRun.Instant with { Failure = FalEmulatedFailure.ByFal("runner_disconnected") });
        await page.StartAsync(name + " failed", picture);
        await page.SeeAsync(name + " failed", "try again");
        app.Fal.Script.Next(FalEmulatedRun.Default with { Duration = TimeSpan.FromMinutes(5) });
        await page.StartAsync(name + " running", picture);
        await page.SeeAsync(name + " running", "Being made");
        await page.Prompt.FillAsync("");
        await page.Make.ClickAsync();
        await Expect(page.Page.Locator("#prompt-error")).ToBeVisibleAsync();
    }
}
