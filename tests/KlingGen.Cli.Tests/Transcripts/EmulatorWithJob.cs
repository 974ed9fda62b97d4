using System.Text.Json;
using Fal;
using Fal.Emulation;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Tests.Commands;

namespace KlingGen.Cli.Tests.Transcripts;

/// <summary>An emulator that the tool is pointed to, with one job that has ended.</summary>
internal sealed class EmulatorWithJob : IAsyncDisposable
{
    private const string AdminKey = "cli-admin:0123456789abcdef";

    private readonly FalEmulator _fal;

    private EmulatorWithJob(FalEmulator fal, string requestId)
    {
        _fal = fal;
        RequestId = requestId;
    }

    public string Queue => _fal.QueueAddress.ToString();

    public string RequestId { get; }

    public static async Task<EmulatorWithJob> StartAsync()
    {
        Environment.SetEnvironmentVariable("FAL_KEY", RunTests.Key);
        Environment.SetEnvironmentVariable("FAL_ADMIN_KEY", AdminKey);
        var fal = await Emulators.StartAsync([], new FalEmulatorOptions { Key = RunTests.Key, AdminKey = AdminKey }, CancellationToken.None);
        fal.Script.For("**", FalEmulatedRun.Instant with { BillableUnits = 10 });
        using var client = fal.CreateClient();
        using var request = JsonDocument.Parse("""{"text":"Hello"}""");
        var result = await client.Endpoint("fal-ai/kling-video/v1/tts").RunAsync(request.RootElement);
        return new EmulatorWithJob(fal, result.Call!.RequestId!);
    }

    public ValueTask DisposeAsync() => _fal.DisposeAsync();
}
