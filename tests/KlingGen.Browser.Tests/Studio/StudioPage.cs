using Microsoft.Playwright;

namespace KlingGen.Browser.Tests.Studio;

/// <summary>The page of the studio, as a person uses it: by labels and names.</summary>
internal sealed class StudioPage
{
    private StudioPage(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>What the browser's console said that a developer would not want to see.</summary>
    public List<string> ConsoleErrors { get; } = [];

    public ILocator Prompt => Page.GetByLabel("What should happen");

    public ILocator Picture => Page.GetByLabel("First picture");

    public ILocator Make => Page.GetByRole(AriaRole.Button, new() { Name = "Make the video" });

    public static async Task<StudioPage> OpenAsync(IBrowserContext context, StudioApp app)
    {
        var page = new StudioPage(await context.NewPageAsync());
        page.Page.Console += (_, message) =>
        {
            if (message.Type == "error") page.ConsoleErrors.Add(message.Text);
        };
        page.Page.PageError += (_, error) => page.ConsoleErrors.Add(error);
        await page.Page.GotoAsync(app.Address.ToString());
        return page;
    }

    /// <summary>The card of a video.</summary>
    public ILocator Card(string prompt) => Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = prompt });

    public async Task StartAsync(string prompt, FilePayload picture)
    {
        await Prompt.FillAsync(prompt);
        await Picture.SetInputFilesAsync(picture);
        await Make.ClickAsync();
    }

    public Task SeeAsync(string prompt, string text) => Assertions.Expect(Card(prompt)).ToContainTextAsync(text, new() { Timeout = 60_000 });

    /// <summary>Waits until an expression is true. The page's security policy forbids Playwright's own wait, which evaluates text.</summary>
    public async Task UntilAsync(string expression)
    {
        for (var rounds = 0; rounds < 600; rounds++)
        {
            if (await Page.EvaluateAsync<bool>($"() => !!({expression})")) return;
            await Task.Delay(100);
        }
        Assert.Fail("Not true after a minute: " + expression);
    }

    /// <summary>The texts that are hard to read: below the contrast of 4.5 that WCAG asks for at level AA.</summary>
    public Task<string[]> FaintTextsAsync() => Page.EvaluateAsync<string[]>(
        """
        () => {
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const rgba = (color) => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            return canvas.getImageData(0, 0, 1, 1).data;
          };
          const luminance = (color) => {
            const [r, g, b] = [...rgba(color)].map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const background = (element) => {
            for (let e = element; e; e = e.parentElement) {
              const color = getComputedStyle(e).backgroundColor;
              if (rgba(color)[3] === 255) return color;
            }
            return "white";
          };
          const hasText = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
          return [...document.body.querySelectorAll("*")].filter((e) => e.checkVisibility() && hasText(e)).flatMap((e) => {
            const [a, b] = [luminance(getComputedStyle(e).color), luminance(background(e))].sort((x, y) => y - x);
            const contrast = (a + 0.05) / (b + 0.05);
            return contrast < 4.5 ? [`${e.textContent.trim()}: ${contrast.toFixed(2)}`] : [];
          });
        }
        """);
}
