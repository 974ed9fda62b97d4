using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Fal.Emulation;
using Fal.Tests.Harness;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Playground;

/// <summary>Ways in which the page could spend money that the user has not agreed to.</summary>
public sealed class PaidRunTests
{
    [Fact]
    public async Task Without_allow_paid_no_call_reaches_fal()
    {
        await using var page = await PageFixture.StartAsync();
        var call = await page.CallAsync("fal");
        foreach (var path in (string[])["/api/quotes", "/api/jobs"])
        {
            var (status, body) = await page.TryPostAsync(path, call);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("--allow-paid", PageFixture.Error(body), StringComparison.Ordinal);
        }

        Assert.Null((await page.GetAsync("/api/state"))["paid"]);
        Assert.Equal(0, page.Emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task Confirmed_price_runs_once_the_request_that_was_priced()
    {
        await using var page = await PageFixture.StartAsync(budget: 5);
        var call = await page.CallAsync("fal");
        var quote = await page.PostAsync("/api/quotes", call);
        Assert.Contains("USD", quote["maximum"]!.GetValue<string>(), StringComparison.Ordinal);

        // The page cannot change the request after its price was shown.
        var other = await page.CallAsync("fal");
        other["quote"] = quote["quote"]!.GetValue<string>();
        other["input"]!["prompt"] = "another";
        var events = await page.RunAsync(other);
        Assert.Contains(events, line => line["event"]!.GetValue<string>() == "result");
        var submit = page.Fal!.Received.One(FalOperation.Submit);
        Assert.Equal(call["input"]!["prompt"]!.GetValue<string>(), submit.BodyJson().GetProperty("prompt").GetString());

        var (status, _) = await page.TryPostAsync("/api/jobs", other);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(1, page.Fal.Received.CountOf(FalOperation.Submit));
        Assert.Equal(0, page.Emulator.Received.CountOf(FalOperation.Submit));

        // The token of the job is in the terminal, so that it outlives the page.
        Assert.Contains("klinggen run --resume fal1.", page.Talk.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirmation_that_arrives_twice_at_once_submits_once()
    {
        await using var page = await PageFixture.StartAsync(budget: 50);
        var quote = await page.PostAsync("/api/quotes", await page.CallAsync("fal"));
        var run = new JsonObject { ["target"] = "fal", ["quote"] = quote["quote"]!.GetValue<string>() };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => page.TryPostAsync("/api/jobs", run.DeepClone())));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        await page.Fal!.Received.WaitForAsync(FalOperation.Result).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, page.Fal.Received.CountOf(FalOperation.Submit));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000000000000000")]
    public async Task Run_without_a_confirmed_price_is_refused(string? quote)
    {
        await using var page = await PageFixture.StartAsync(budget: 50);
        var call = await page.CallAsync("fal");
        call["quote"] = quote;
        call["skipChecks"] = true;
        var (status, _) = await page.TryPostAsync("/api/jobs", call);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Empty(page.Fal!.Received.All);
    }

    [Fact]
    public async Task Confirmation_expires()
    {
        var time = new FakeTime();
        await using var page = await PageFixture.StartAsync(budget: 50, time);
        var quote = await page.PostAsync("/api/quotes", await page.CallAsync("fal"));
        time.Advance(TimeSpan.FromMinutes(6));
        var run = new JsonObject { ["target"] = "fal", ["quote"] = quote["quote"]!.GetValue<string>() };
        var (status, body) = await page.TryPostAsync("/api/jobs", run);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("expired", PageFixture.Error(body), StringComparison.Ordinal);
        Assert.Empty(page.Fal!.Received.All);
    }

    [Fact]
    public async Task Price_above_max_cost_is_refused()
    {
        await using var page = await PageFixture.StartAsync(budget: 0.01m);
        var (status, body) = await page.TryPostAsync("/api/quotes", await page.CallAsync("fal"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("--max-cost", PageFixture.Error(body), StringComparison.Ordinal);
        Assert.Empty(page.Fal!.Received.All);
    }

    [Fact]
    public async Task Prices_that_fit_one_by_one_do_not_pass_max_cost_together()
    {
        await using var probe = await PageFixture.StartAsync(budget: 50);
        var price = decimal.Parse((await probe.PostAsync("/api/quotes", await probe.CallAsync("fal")))["maximum"]!.GetValue<string>().Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture);

        // Both prices are shown while nothing is spent.
        await using var page = await PageFixture.StartAsync(budget: price * 1.5m);
        page.Fal!.Script.For("**", FalEmulatedRun.Instant with { BillableUnits = price / 0.07m });
        var quotes = new List<string>();
        for (var i = 0; i < 2; i++) quotes.Add((await page.PostAsync("/api/quotes", await page.CallAsync("fal")))["quote"]!.GetValue<string>());
        var first = await page.RunAsync(new JsonObject { ["target"] = "fal", ["quote"] = quotes[0] });
        Assert.Contains(first, line => line["event"]!.GetValue<string>() == "result");
        var second = await page.RunAsync(new JsonObject { ["target"] = "fal", ["quote"] = quotes[1] });
        var failed = second.Single(line => line["event"]!.GetValue<string>() == "failed");
        Assert.Contains("budget", failed["message"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, page.Fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task Request_of_unknown_price_is_refused()
    {
        var document = ClipDocument.With("\"prompt\": {\"type\": \"string\", \"examples\": [\"A heron.\"]}", required: "\"prompt\"");
        await using var page = await PageFixture.StartAsync(budget: 50, document: document);
        var (status, body) = await page.TryPostAsync("/api/quotes", await page.CallAsync("fal", ClipDocument.Id));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("unknown", PageFixture.Error(body), StringComparison.Ordinal);
        Assert.Empty(page.Fal!.Received.All);
    }

    [Fact]
    public async Task Key_is_in_no_answer_and_in_no_line_of_the_terminal()
    {
        await using var page = await PageFixture.StartAsync(budget: 50);
        var reference = await page.UploadAsync("car.png", OnePixel.Png);
        var call = await page.CallAsync("fal");
        call["input"]!["image_url"] = reference;
        await page.PostAsync("/api/preview", call);
        async Task<JsonNode[]> RunAsync()
        {
            var quote = await page.PostAsync("/api/quotes", await page.CallAsync("fal"));
            return await page.RunAsync(new JsonObject { ["target"] = "fal", ["quote"] = quote["quote"]!.GetValue<string>() });
        }

        await RunAsync();
        var failure = FalEmulatedFailure.ByModel("content_policy_violation", $"Key {PageFixture.CanaryKey}");
        page.Fal!.Script.Next(FalEmulatedRun.Instant with { Failure = failure });
        await RunAsync();
        page.Fal.Faults.Add(FalOperation.Submit, FalFault.Error(401, errorType: PageFixture.CanaryKey));
        await RunAsync();
        page.Fal.Faults.Add(FalOperation.Submit, FalFault.Answer(403, $$"""{"detail": "Key {{PageFixture.CanaryKey}} is locked"}"""));
        await RunAsync();
        page.Fal.Faults.Add(FalOperation.Submit, FalFault.Reset(works: true));
        await RunAsync();
        await page.GetAsync("/api/state");
        await page.GetAsync("/api/emulator");
        foreach (var path in (string[])["/", "/playground.js", "/form.js"]) await page.SendAsync(HttpMethod.Get, path);

        var secret = PageFixture.CanaryKey.Split(':')[1];
        var whole = Encoding.UTF8.GetBytes(PageFixture.CanaryKey);
        string[] forms =
        [
            secret, Convert.ToBase64String(whole), Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), Uri.EscapeDataString(PageFixture.CanaryKey),
        ];
        Assert.True(page.Answers.Count > 20);
        foreach (var form in forms)
        {
            Assert.DoesNotContain(page.Answers, answer => answer.Contains(form, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(form, page.Talk.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }
}

/// <summary>The smallest picture.</summary>
internal static class OnePixel
{
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
