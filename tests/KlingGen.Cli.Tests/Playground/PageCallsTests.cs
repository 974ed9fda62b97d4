using System.Net;
using System.Text.Json.Nodes;
using Fal.Emulation;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Playground;

public sealed class PageCallsTests
{
    [Fact]
    public async Task State_lists_all_endpoints_by_family()
    {
        await using var page = await PageFixture.StartAsync();
        var state = await page.GetAsync("/api/state");
        Assert.Equal(page.Emulator.Endpoints, state["endpoints"]!.AsArray().Select(entry => entry!["id"]!.GetValue<string>()));
        Assert.Contains(state["endpoints"]!.AsArray(), entry => entry!["family"]!.GetValue<string>() == "kling-video v1.6");
    }

    [Fact]
    public async Task Form_has_limits_defaults_enums_and_rules_of_the_document()
    {
        await using var page = await PageFixture.StartAsync();
        var form = await page.GetAsync("/api/form?endpoint=" + PageFixture.Endpoint);
        var members = form["types"]![form["root"]!.GetValue<string>()]!.AsArray().ToDictionary(member => member!["name"]!.GetValue<string>());
        Assert.Equal(2500, members["prompt"]!["type"]!["constraints"]!["maxLength"]!.GetValue<int>());
        Assert.True(members["prompt"]!["required"]!.GetValue<bool>());
        Assert.Equal("media", members["image_url"]!["type"]!["kind"]!.GetValue<string>());
        Assert.Equal(["5", "10"], members["duration"]!["type"]!["values"]!.AsArray().Select(value => value!.GetValue<string>()));
        Assert.Equal("5", members["duration"]!["default"]!.GetValue<string>());
        Assert.Equal(1, members["cfg_scale"]!["type"]!["constraints"]!["maximum"]!.GetValue<double>());
    }

    [Fact]
    public async Task Every_form_can_be_described_and_its_example_passes_the_check()
    {
        await using var page = await PageFixture.StartAsync();
        var withExample = 0;
        foreach (var id in page.Emulator.Endpoints)
        {
            var form = await page.GetAsync("/api/form?endpoint=" + id);
            if (form["example"] is not { } example) continue;
            withExample++;
            var preview = await page.PostAsync("/api/preview", new JsonObject { ["endpoint"] = id, ["input"] = example.DeepClone() });
            Assert.True(preview["problems"]!.AsArray().Count == 0, $"{id}: {preview["problems"]}");
            Assert.NotNull(preview["csharp"]);
        }

        Assert.True(withExample > 60, $"Only {withExample} endpoints have an example.");
    }

    [Fact]
    public async Task Preview_reports_wrong_values_at_their_paths()
    {
        await using var page = await PageFixture.StartAsync();
        var call = await page.CallAsync();
        call["input"]!["cfg_scale"] = 1.5;
        call["input"]!["duration"] = "7";
        call["input"]!["image_url"] = "ftp://example.com/a.png";
        call["input"]!.AsObject().Remove("prompt");
        var preview = await page.PostAsync("/api/preview", call);
        Assert.Equal(["cfg_scale", "duration", "image_url", "prompt"], Paths(preview).Order());
        Assert.Null(preview["csharp"]);
        Assert.Contains("between 0 and 1", preview["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(page.Emulator.Received.All);
    }

    [Fact]
    public async Task Preview_looks_into_uploaded_files()
    {
        await using var page = await PageFixture.StartAsync();
        var call = await page.CallAsync();
        call["input"]!["image_url"] = await page.UploadAsync("car.mp4", OnePixel.Png);
        var preview = await page.PostAsync("/api/preview", call);
        Assert.Contains("car.mp4", preview["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["image_url"], Paths(preview));
        Assert.Empty(page.Emulator.Received.All);
    }

    [Theory]
    [InlineData("../../../etc/passwd", "passwd")]
    [InlineData("..\\..\\win.ini", "win.ini")]
    [InlineData("a\"b';$(x)<script>.png", "abxscript.png")]
    [InlineData("", "file")]
    [InlineData("...", "file")]
    public async Task Names_of_uploads_are_no_paths_and_no_code(string given, string kept)
    {
        await using var page = await PageFixture.StartAsync();
        var reference = await page.UploadAsync(given, OnePixel.Png);
        var call = await page.CallAsync();
        call["input"]!["image_url"] = reference;
        var preview = await page.PostAsync("/api/preview", call);
        Assert.Contains($"klinggen upload '{kept}'", preview["curl"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(reference, preview.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_is_sent_and_the_result_is_a_file_that_can_be_fetched()
    {
        await using var page = await PageFixture.StartAsync();
        var call = await page.CallAsync("emulator", "fal-ai/kling-video/v1.6/pro/image-to-video");
        page.Emulator.Script.For("**", FalEmulatedRun.Instant with { Logs = ["half way: 50%|#####     |"] });
        call["skipChecks"] = true;
        call["input"]!["image_url"] = await page.UploadAsync("car.png", OnePixel.Png);
        var events = await page.RunAsync(call);
        Assert.Equal(["accepted", "result", "cost", "end"], events.Select(line => line["event"]!.GetValue<string>()).Where(name => name != "state"));
        Assert.Contains(events, line => line["percent"]?.GetValue<double>() == 50 && line["logs"]!.ToJsonString().Contains("half way"));
        Assert.Equal("car.png", Assert.Single(page.Emulator.Files.Uploaded).Name);
        var file = events.Single(line => line["event"]!.GetValue<string>() == "result")["files"]![0]!;
        Assert.Equal("video/mp4", file["type"]!.GetValue<string>());
        using var http = new HttpClient();
        Assert.NotEmpty(await http.GetByteArrayAsync(new Uri(file["url"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Refusal_by_the_server_is_the_last_event_with_its_paths()
    {
        await using var page = await PageFixture.StartAsync();
        var call = await page.CallAsync();
        call["input"]!["cfg_scale"] = 1.5;
        call["skipChecks"] = true;
        var failed = (await page.RunAsync(call)).Single(line => line["event"]!.GetValue<string>() == "failed");
        Assert.Contains(failed["problems"]!.AsArray(), problem => problem!["path"]!.GetValue<string>() == "cfg_scale");
    }

    [Fact]
    public async Task Job_is_cancelled_on_the_server()
    {
        await using var page = await PageFixture.StartAsync();
        page.Emulator.Script.For("**", FalEmulatedRun.Default with { Duration = TimeSpan.FromMinutes(10), StopTime = TimeSpan.Zero });
        var started = await page.PostAsync("/api/jobs", await page.CallAsync());
        await page.Emulator.Received.WaitForAsync(FalOperation.Submit).WaitAsync(TimeSpan.FromSeconds(60));
        var cancelled = 0;
        while (page.Emulator.Received.CountOf(FalOperation.Cancel) == 0 && cancelled++ < 1000)
        {
            await page.PostAsync($"/api/jobs/{started["job"]}/cancel", new JsonObject());
            await Task.Yield();
        }

        var (_, body, _) = await page.SendAsync(HttpMethod.Get, $"/api/jobs/{started["job"]}/events");
        Assert.Contains("cancelled", body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Emulator_report_has_requests_and_planned_faults_without_the_key()
    {
        await using var page = await PageFixture.StartAsync();
        const string Script = """{"faults": [{"operation": "status", "fault": "error", "status": 503, "times": 2}]}""";
        await page.PostAsync("/api/emulator/script", JsonNode.Parse(Script)!);
        var before = await page.GetAsync("/api/emulator");
        Assert.Equal(("answer 503", 2), (before["faults"]![0]!["fault"]!.GetValue<string>(), before["faults"]![0]!["times"]!.GetValue<int>()));
        await page.RunAsync(await page.CallAsync());
        var after = await page.GetAsync("/api/emulator");
        var submit = after["received"]!.AsArray().Single(request => request!["operation"]!.GetValue<string>() == "Submit")!;
        Assert.Contains("prompt", submit["body"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(page.Emulator.Key.Split(':')[1], after.ToJsonString(), StringComparison.Ordinal);

        var (status, body) = await page.TryPostAsync("/api/emulator/script", JsonNode.Parse("""{"faults": [{"fault": "eror"}]}""")!);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("did you mean 'error'", PageFixture.Error(body), StringComparison.Ordinal);
        await page.PostAsync("/api/emulator/faults/clear", new JsonObject());
        Assert.Empty((await page.GetAsync("/api/emulator"))["faults"]!.AsArray());
    }

    [Fact]
    public async Task Webhook_is_delivered_and_reported()
    {
        await using var page = await PageFixture.StartAsync();
        var call = await page.CallAsync();
        // Any server on this machine is a receiver; the emulator's own answers 404, which is no delivery.
        call["webhook"] = new Uri(page.Emulator.RunAddress, "/health").AbsoluteUri;
        await page.RunAsync(call);
        var submit = page.Emulator.Received.One(FalOperation.Submit);
        await page.Emulator.Webhooks.WaitForBeginAsync(submit.RequestId!).WaitAsync(TimeSpan.FromSeconds(60));
        var webhook = Assert.Single((await page.GetAsync("/api/emulator"))["webhooks"]!.AsArray())!;
        Assert.Equal(submit.RequestId, webhook["requestId"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/preview", """{"endpoint": "acme/none", "input": {}}""")]
    [InlineData("/api/preview", """{"endpoint": "fal-ai/kling-video/v1/tts", "input": []}""")]
    [InlineData("/api/preview", """{"endpoint": "fal-ai/kling-video/v1/tts", "input": {}, "webhook": "javascript:alert(1)"}""")]
    [InlineData("/api/preview", """{"endpoint": "fal-ai/kling-video/v1/tts", "input": {"text": 1, "text": 2}}""")]
    [InlineData("/api/preview", "[]")]
    [InlineData("/api/preview", "{")]
    [InlineData("/api/jobs", """{"endpoint": "fal-ai/kling-video/v1/tts", "input": {}, "target": "elsewhere"}""")]
    public async Task Calls_that_make_no_sense_are_answered_with_400(string path, string body)
    {
        await using var page = await PageFixture.StartAsync();
        var (status, answer, _) = await page.SendAsync(HttpMethod.Post, path, PageFixture.Json(body));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(PageFixture.Error(answer));
    }

    [Fact]
    public async Task Own_documents_are_listed_and_run()
    {
        var document = ClipDocument.With("\"prompt\": {\"type\": \"string\", \"examples\": [\"A heron.\"]}", required: "\"prompt\"");
        await using var page = await PageFixture.StartAsync(document: document);
        var events = await page.RunAsync(await page.CallAsync("emulator", ClipDocument.Id));
        Assert.Contains(events, line => line["event"]!.GetValue<string>() == "result");
    }

    private static string[] Paths(JsonNode preview)
        => [.. preview["problems"]!.AsArray().Select(problem => problem!["path"]!.GetValue<string>()).Distinct()];
}
