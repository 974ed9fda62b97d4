using Fal;
using Fal.Emulation;
using KlingGen.Interop.Tests.Harness;

namespace KlingGen.Interop.Tests.Wire;

/// <summary>The same call, made by both clients.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Official">How it is done with fal's own client.</param>
/// <param name="Ours">How it is done with KlingGen.</param>
internal sealed record WireCall(string Name, Func<OfficialSide, Task> Official, Func<FalClient, Task> Ours)
{
    /// <summary>What becomes of the job.</summary>
    public FalEmulatedRun Run { get; init; } = FalEmulatedRun.Instant;

    public override string ToString() => Name;
}

/// <summary>fal's own client, towards one emulator.</summary>
internal sealed class OfficialSide(OfficialClient client, PlayedHosts hosts)
{
    public Task SubmitAsync(string endpoint, object options) => CallAsync("submit", endpoint, options);

    /// <summary>Submits, and makes these calls about the job. The names of calls and options are JavaScript's.</summary>
    public async Task SubmitAsync(string endpoint, object input, params (string Call, Func<string, object> Options)[] then)
    {
        var job = await client.CallAsync(hosts, "submit", new { endpoint, options = new { input } });
        foreach (var (call, options) in then) await CallAsync(call, endpoint, options((string)job!["request_id"]!));
    }

    public Task CallAsync(string call, string endpoint, object options) => client.CallAsync(hosts, call, new { endpoint, options });

    public Task UploadAsync(object file, object? options = null) => client.CallAsync(hosts, "upload", new { file, options });
}
