using System.Text.Json.Nodes;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Playground;

/// <summary>The C# that the page offers compiles against the code that the generator emits.</summary>
public sealed class CodeSampleTests
{
    [Fact]
    public async Task Samples_of_all_examples_compile()
    {
        await using var page = await PageFixture.StartAsync();
        var samples = new List<string>();
        foreach (var id in page.Emulator.Endpoints)
        {
            if ((await page.GetAsync("/api/form?endpoint=" + id))["example"] is not JsonObject example) continue;
            var webhook = samples.Count % 2 == 0 ? "http://127.0.0.1/hook?a=\"b" : null;
            var call = new JsonObject { ["endpoint"] = id, ["input"] = example.DeepClone(), ["webhook"] = webhook };
            samples.Add((await page.PostAsync("/api/preview", call))["csharp"]!.GetValue<string>());
        }

        Assert.True(samples.Count > 60);
        Assert.Equal([], await SampleCompiler.CompileAsync(samples));
    }

    [Fact]
    public async Task Sample_with_text_that_looks_like_code_and_a_local_file_compiles()
    {
        await using var page = await PageFixture.StartAsync();
        var call = await page.CallAsync();
        call["input"]!["prompt"] = "\"; System.IO.File.Delete(\"x\"); // \n\\ {0} \u2028 */ '";
        call["input"]!["image_url"] = await page.UploadAsync("my car.png", OnePixel.Png);
        call["skipChecks"] = true;
        var preview = await page.PostAsync("/api/preview", call);
        if (preview["problems"]!.AsArray().Count > 0)
        {
            // The picture is too small for the endpoint, which is what the check is for.
            Assert.Null(preview["csharp"]);
            call["input"]!["image_url"] = "https://example.com/car.png";
            preview = await page.PostAsync("/api/preview", call);
        }

        var sample = preview["csharp"]!.GetValue<string>();
        Assert.Equal([], await SampleCompiler.CompileAsync([sample]));
        Assert.DoesNotContain("\nSystem.IO", sample, StringComparison.Ordinal);
    }
}
