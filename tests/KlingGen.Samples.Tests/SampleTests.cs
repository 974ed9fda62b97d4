using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fal.Emulation;
using Microsoft.Extensions.Time.Testing;

namespace KlingGen.Samples.Tests;

/// <summary>The programs in <c>tests/Samples</c>, run as they are, with an emulator in fal's place.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-sample-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ConsoleApp_is_the_program_of_README()
    {
        var program = Repository.Read("README.md").ReplaceLineEndings("\n").Split("```csharp\n")[1].Split("```")[0];
        Assert.Equal(program, Repository.Read("tests", "Samples", "ConsoleApp", "Program.cs").ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task ConsoleApp_uploads_a_picture_and_saves_the_video()
    {
        await using var fal = await StartAsync();
        File.Copy(Repository.At("tests", "Quickstart", "car.png"), At("car.jpg"));
        using var process = SampleProcess.Start("ConsoleApp", fal, _folder);
        AssertSucceeded(await process.EndAsync());
        AssertMovie(At("car.mp4"));
        Assert.Equal(1, fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task FSharpApp_uses_the_clients_of_a_C_sharp_library()
    {
        await using var fal = await StartAsync();
        using (var process = SampleProcess.Start("FSharpApp", fal, _folder, "A heron at dawn.", "heron.mp4"))
        {
            AssertSucceeded(await process.EndAsync());
        }
        AssertMovie(At("heron.mp4"));
        using (var refused = SampleProcess.Start("FSharpApp", fal, _folder, new string('x', 3000), "long.mp4"))
        {
            var (exitCode, _, error) = await refused.EndAsync();
            Assert.Equal(1, exitCode);
            Assert.StartsWith("Prompt: ", error, StringComparison.Ordinal);
        }
        Assert.Equal(1, fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task NativeApp_reads_and_writes_JSON()
    {
        await using var fal = await StartAsync();
        await RunNativeAsync(fal, (request, result) => SampleProcess.Start("NativeApp", fal, _folder, request, result));
    }

    [NativeFact]
    public async Task NativeApp_runs_as_native_code()
    {
        await using var fal = await StartAsync();
        await RunNativeAsync(fal, (request, result) => SampleProcess.StartFile(NativeFactAttribute.Sample!, fal, _folder, request, result));
    }

    [UnixFact]
    public async Task ClipWorker_goes_on_after_a_stop_without_paying_twice()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var fal = await FalEmulator.StartAsync(new FalEmulatorOptions { TimeProvider = time });
        await File.WriteAllTextAsync(At("a.txt"), "A heron at dawn.");
        using (var first = SampleProcess.Start("ClipWorker", fal, _folder, "--folder", _folder))
        {
            Assert.StartsWith("fal1.", await first.FileAsync(At("a.token")), StringComparison.Ordinal);
            // The job does not end before the clock of the emulator moves.
            using var kill = Process.Start("kill", ["-TERM", first.Id.ToString(CultureInfo.InvariantCulture)]);
            AssertSucceeded(await first.EndAsync());
        }
        Assert.False(File.Exists(At("a.mp4")));
        Assert.True(File.Exists(At("a.token")));
        time.Advance(TimeSpan.FromMinutes(10));
        using (var second = SampleProcess.Start("ClipWorker", fal, _folder, "--folder", _folder))
        {
            AssertSucceeded(await second.EndAsync());
        }
        AssertMovie(At("a.mp4"));
        Assert.False(File.Exists(At("a.token")));
        Assert.Equal((1, 0), (fal.Received.CountOf(FalOperation.Submit), fal.Received.CountOf(FalOperation.Cancel)));
    }

    [UnixFact]
    public async Task BatchApp_goes_on_after_a_stop_without_paying_twice()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var fal = await FalEmulator.StartAsync(new FalEmulatorOptions { TimeProvider = time });
        string[] names = ["heron", "otter", "swift"];
        foreach (var name in names) await File.WriteAllTextAsync(At(name + ".txt"), $"A {name} at dawn.");
        using (var first = SampleProcess.Start("BatchApp", fal, _folder, _folder, "20"))
        {
            await first.WaitAsync(fal.Received.WaitForAsync(FalOperation.Status, names.Length));
            using var kill = Process.Start("kill", ["-TERM", first.Id.ToString(CultureInfo.InvariantCulture)]);
            var (exitCode, output, _) = await first.EndAsync();
            Assert.Equal((1, "0 of 3 saved, 3 in flight."), (exitCode, output.Trim()));
        }
        time.Advance(TimeSpan.FromMinutes(10));
        using (var second = SampleProcess.Start("BatchApp", fal, _folder, _folder, "20"))
        {
            AssertSucceeded(await second.EndAsync());
        }
        foreach (var name in names) AssertMovie(At(name + ".mp4"));
        Assert.Equal((3, 0), (fal.Received.CountOf(FalOperation.Submit), fal.Received.CountOf(FalOperation.Cancel)));
    }

    [Fact]
    public async Task BatchApp_stops_at_its_budget()
    {
        await using var fal = await StartAsync();
        foreach (var name in new[] { "heron", "otter" }) await File.WriteAllTextAsync(At(name + ".txt"), $"A {name} at dawn.");
        using var process = SampleProcess.Start("BatchApp", fal, _folder, _folder, "0.01");
        var (exitCode, output, _) = await process.EndAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("budget", output, StringComparison.Ordinal);
        Assert.DoesNotContain("not known", output, StringComparison.Ordinal);
        Assert.Equal(0, fal.Received.CountOf(FalOperation.Submit));
    }

    private static async Task<FalEmulator> StartAsync()
    {
        var fal = await FalEmulator.StartAsync();
        fal.Script.For("**", FalEmulatedRun.Instant);
        return fal;
    }

    private async Task RunNativeAsync(FalEmulator fal, Func<string, string, SampleProcess> start)
    {
        await File.WriteAllTextAsync(At("request.json"), """{"prompt":"A heron at dawn.","generate_audio":false}""");
        using var process = start("request.json", "result.json");
        var (exitCode, output, error) = await process.EndAsync();
        AssertSucceeded((exitCode, output, error));
        Assert.Contains(output.Trim(), await File.ReadAllTextAsync(At("result.json")), StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static void AssertSucceeded((int ExitCode, string Output, string Error) end)
        => Assert.True(end.ExitCode == 0, $"exit code {end.ExitCode}\n{end.Output}\n{end.Error}");

    private static void AssertMovie(string path)
    {
        var start = File.ReadAllBytes(path).AsSpan(4, 4);
        Assert.Equal("ftyp", Encoding.ASCII.GetString(start));
    }
}
