using System.Collections.Concurrent;
using System.Text.Json;
using Fal;
using Fal.Emulation;
using KlingGen.Browser.Tests.Driver;
using KlingGen.Cli.Playground;
using KlingGen.Cli.Terminal;
using Microsoft.Playwright;

namespace KlingGen.Browser.Tests.Playground;

/// <summary>The playground in a headless Chromium, with its emulator and, where paid runs are allowed, a second one that stands for fal.</summary>
internal sealed class PlaygroundPage : IAsyncDisposable
{
    /// <summary>The key of fal, which must not reach the browser.</summary>
    public const string CanaryKey = "canary-id-7f3a:canary-secret-91c2e5";

    private readonly PlaygroundServer _server;

    private PlaygroundPage(FalEmulator emulator, FalEmulator? fal, PlaygroundServer server, IPage page)
    {
        Emulator = emulator;
        Fal = fal;
        _server = server;
        Page = page;
    }

    public FalEmulator Emulator { get; }

    public FalEmulator? Fal { get; }

    public IPage Page { get; }

    public Uri Address => _server.Address;

    public Uri WithToken => _server.Page;

    /// <summary>Errors of scripts and of the content security policy, and every body that the browser received.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public ConcurrentQueue<Task<string>> Bodies { get; } = new();

    /// <param name="budget">Allows paid runs up to this amount.</param>
    public static async Task<PlaygroundPage> OpenAsync(DrivenBrowser browser, decimal? budget = null)
    {
        var emulator = await FalEmulator.StartAsync();
        emulator.Script.For("**", FalEmulatedRun.Instant with { Logs = ["Loading the model", "half way: 50%|#####     |"] });
        FalEmulator? fal = null;
        FalClientOptions? paid = null;
        if (budget is not null)
        {
            fal = await FalEmulator.StartAsync(new FalEmulatorOptions { Key = CanaryKey });
            fal.Script.For("**", FalEmulatedRun.Instant);
            paid = fal.CreateClientOptions();
            paid.Budget = budget;
        }

        var console = new ToolConsole(TextWriter.Null, TextWriter.Null, outputColours: false, errorColours: false);
        var server = await PlaygroundServer.StartAsync(new PlaygroundOptions(emulator, [], console) { Paid = paid }, CancellationToken.None);
        var context = await browser.NewContextAsync(width: 1440);
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var result = new PlaygroundPage(emulator, fal, server, await context.NewPageAsync());
        result.Page.PageError += (_, error) => result.Errors.Enqueue(error);
        result.Page.Console += (_, message) =>
        {
            if (message.Type == "error") result.Errors.Enqueue(message.Text);
        };
        result.Page.Response += (_, response) => result.Bodies.Enqueue(BodyAsync(response));
        await result.Page.GotoAsync(server.Page.AbsoluteUri);
        await Assertions.Expect(result.Page.Locator("#page")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        return result;
    }

    /// <summary>Goes to an endpoint by the search, as a user would.</summary>
    public async Task ChooseAsync(string id, string words)
    {
        await Page.FillAsync("#search", words);
        await Page.Locator($"nav a[href='#/{id}']").ClickAsync();
        await Assertions.Expect(Page.Locator("#title")).ToHaveTextAsync(id);
        await CheckedAsync();
    }

    /// <summary>The field of a property.</summary>
    public ILocator Field(string name) => Page.Locator($".field[data-name='{name}']").First;

    public async Task FillAsync(string name, string value)
    {
        await Field(name).Locator("input, textarea").First.FillAsync(value);
        await CheckedAsync();
    }

    public async Task SelectAsync(string name, string label)
    {
        await Field(name).Locator("select").First.SelectOptionAsync(new SelectOptionValue { Label = label });
        await CheckedAsync();
    }

    public async Task UploadAsync(string name, string file, byte[] bytes)
    {
        var payload = new FilePayload { Name = file, MimeType = "application/octet-stream", Buffer = bytes };
        await Field(name).Locator("input[type=file]").First.SetInputFilesAsync(payload);
        await Assertions.Expect(Field(name).Locator(".chosen").First).ToContainTextAsync(file);
        await CheckedAsync();
    }

    /// <summary>Waits until the tool has judged what is in the form.</summary>
    public Task CheckedAsync() => Assertions.Expect(Page.Locator("body")).ToHaveAttributeAsync("data-checking", "false", new() { Timeout = 60_000 });

    public Task ExpectProblemAsync(string name, string words) => Assertions.Expect(Field(name).Locator("> .error")).ToContainTextAsync(words);

    public Task ExpectNoProblemsAsync() => Assertions.Expect(Page.Locator("#problems")).ToBeEmptyAsync();

    public async Task RunAsync()
    {
        await Page.ClickAsync("#run");
        await Assertions.Expect(Page.Locator("#state")).ToContainTextAsync("completed, cost", new() { Timeout = 60_000 });
    }

    /// <summary>The C# that the button copies.</summary>
    public async Task<string> CopyCSharpAsync()
    {
        await Page.ClickAsync("#copy");
        await Assertions.Expect(Page.Locator("#copied")).ToHaveTextAsync("Copied");
        return (await EvaluateAsync(Page, "navigator.clipboard.readText()")).GetString()!;
    }

    /// <summary>
    /// The value of an expression, by the debugger. Playwright's own evaluation is <c>eval</c> in the page, which the content security policy
    /// forbids.
    /// </summary>
    public static async Task<JsonElement> EvaluateAsync(IPage page, string expression)
    {
        var debugger = await page.Context.NewCDPSessionAsync(page);
        var answer = await debugger.SendAsync("Runtime.evaluate",
            new Dictionary<string, object> { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        await debugger.DetachAsync();
        Assert.False(answer!.Value.TryGetProperty("exceptionDetails", out var fault), fault.ToString());
        return answer.Value.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Waits until an expression is true.</summary>
    public Task WaitUntilAsync(string condition) => EvaluateAsync(Page,
        $"new Promise(done => {{ const timer = setInterval(() => {{ if ({condition}) {{ clearInterval(timer); done(true); }} }}, 50); }})")
        .WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        await _server.DisposeAsync();
        await Emulator.DisposeAsync();
        if (Fal is not null) await Fal.DisposeAsync();
    }

    private static async Task<string> BodyAsync(IResponse response)
    {
        try
        {
            return await response.TextAsync();
        }
        catch (PlaywrightException)
        {
            // A file that the media element stopped reading, or a page that is gone.
            return "";
        }
    }
}
