using System.Net;
using Fal.Emulation;
using KlingGen.Browser.Tests.Driver;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KlingGen.Browser.Tests.Playground;

/// <summary>Other websites in the browser in which the playground is open.</summary>
public sealed class PlaygroundAttackTests(DrivenBrowser browser) : IClassFixture<DrivenBrowser>
{
    [BrowserFact]
    public async Task Another_website_cannot_call_read_embed_or_frame_the_page()
    {
        await using var page = await PlaygroundPage.OpenAsync(browser, budget: 5);
        await using var evil = await ServeAsync();
        var attacker = await page.Page.Context.NewPageAsync();
        await attacker.GotoAsync(evil.Urls.First());

        // The attacker even knows the token, as if it had leaked.
        var token = page.WithToken.Fragment["#token=".Length..];
        var outcome = await attacker.EvaluateAsync<string[]>(
            """
            async ([address, token]) => {
              const post = { method: 'POST', headers: { 'X-Klinggen-Token': token, 'Content-Type': 'application/json' }, body: '{}' };
              const load = (tag, properties) => new Promise((resolve, reject) => {
                document.head.append(Object.assign(document.createElement(tag), { ...properties, onload: resolve, onerror: reject }));
              });
              const attempts = {
                read: () => fetch(address + 'api/state', { headers: { 'X-Klinggen-Token': token } }),
                page: () => fetch(address),
                post: () => fetch(address + 'api/jobs', post),
                script: () => load('script', { src: address + 'playground.js' }),
                style: () => load('link', { rel: 'stylesheet', href: address + 'playground.css' }),
              };
              const results = [];
              for (const [name, attempt] of Object.entries(attempts)) {
                try { await attempt(); results.push(`${name}: done`); } catch { results.push(`${name}: refused`); }
              }
              return results;
            }
            """,
            new object[] { page.Address.AbsoluteUri, token });

        Assert.Equal(["read: refused", "page: refused", "post: refused", "script: refused", "style: refused"], outcome);
        Assert.Empty(page.Emulator.Received.ForOperation(FalOperation.Submit));
        Assert.Empty(page.Fal!.Received.All);

        await attacker.EvaluateAsync(
            """
            address => new Promise(done => {
              document.body.append(Object.assign(document.createElement('iframe'), { src: address, onload: done }));
            })
            """,
            page.WithToken.AbsoluteUri);
        foreach (var frame in attacker.Frames.Where(frame => frame != attacker.MainFrame))
            Assert.Equal(0, await frame.Locator("#form").CountAsync());
    }

    [BrowserFact]
    public async Task Blind_post_of_another_website_changes_nothing()
    {
        await using var page = await PlaygroundPage.OpenAsync(browser);
        page.Emulator.Faults.Add(FalOperation.Submit, FalFault.Error(503));
        await using var evil = await ServeAsync();
        var attacker = await page.Page.Context.NewPageAsync();
        await attacker.GotoAsync(evil.Urls.First());
        await attacker.EvaluateAsync(
            "address => fetch(address, { method: 'POST', mode: 'no-cors', body: '{}' }).then(() => true, () => false)",
            new Uri(page.Address, "api/emulator/faults/clear").AbsoluteUri);
        Assert.Single(page.Emulator.Faults.Planned);
    }

    [BrowserFact]
    public async Task Rebound_name_shows_no_page()
    {
        await using var page = await PlaygroundPage.OpenAsync(browser);
        var attacker = await page.Page.Context.NewPageAsync();
        var answer = await attacker.GotoAsync($"http://rebound.example:{page.Address.Port}/{page.WithToken.Fragment}");
        Assert.Equal((int)HttpStatusCode.MisdirectedRequest, answer!.Status);
        var token = page.WithToken.Fragment["#token=".Length..];
        var call = $"fetch('/api/state', {{ headers: {{ 'X-Klinggen-Token': '{token}' }} }}).then(answer => answer.status)";
        var status = await PlaygroundPage.EvaluateAsync(attacker, call);
        Assert.Equal((int)HttpStatusCode.MisdirectedRequest, status.GetInt32());
    }

    private static async Task<WebApplication> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => TypedResults.Content("<!DOCTYPE html><title>Another website</title><body>", "text/html"));
        await app.StartAsync();
        return app;
    }
}
