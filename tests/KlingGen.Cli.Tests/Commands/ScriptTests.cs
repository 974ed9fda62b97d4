using System.Text.Json;
using Fal;
using Fal.Emulation;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Commands;

/// <summary>What the script file of <c>serve</c> plans, against an emulator that the test holds.</summary>
public sealed class ScriptTests : IAsyncLifetime, IDisposable
{
    private const string Endpoint = "fal-ai/kling-video/v1/tts";
    private static readonly JsonElement Input = JsonSerializer.Deserialize<JsonElement>("""{"text": "Hello"}""");
    private readonly TempFolder _folder = new();
    private FalEmulator _fal = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder.At("empty"));
        _fal = await Emulators.StartAsync([_folder.At("empty")], new FalEmulatorOptions(), CancellationToken.None);
    }

    public async Task DisposeAsync() => await _fal.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_and_faults_are_planned()
    {
        Apply("""
            {
              "runs": [
                { "endpoints": "fal-ai/**", "instant": true, "result": { "said": "Hello" } },
                { "once": true, "instant": true, "failure": { "byModel": "content_policy_violation", "message": "No." } }
              ],
              "faults": [{ "operation": "status", "fault": "error", "status": 503, "skip": 1, "endpoints": "fal-ai/kling-video/**" }]
            }
            """);
        using var client = _fal.CreateClient();
        var failure = await Assert.ThrowsAnyAsync<FalException>(() => client.Endpoint(Endpoint).RunAsync(Input));
        Assert.Contains("No.", failure.Message, StringComparison.Ordinal);
        var result = await client.Endpoint(Endpoint).RunAsync(Input);
        Assert.Equal("Hello", result.Json.GetProperty("said").GetString());
        int?[] statuses = [.. _fal.Received.ForOperation(FalOperation.Status).Select(request => request.StatusCode)];
        Assert.Equal(1, Array.IndexOf(statuses, 503));
        Assert.Equal(1, statuses.Count(status => status == 503));
    }

    [Fact]
    public void Every_fault_and_operation_of_the_page_can_be_planned()
    {
        var page = Repository.Read("generator", "docs", "CLI.md");
        var (faults, operations) = (Listed("fault"), Listed("operation"));
        Assert.Equal(16, faults.Length);
        Assert.Contains("any", operations);
        foreach (var (fault, operation) in faults.SelectMany(fault => operations.Select(operation => (fault, operation))))
            Apply($$"""
                {"faults": [{"fault": "{{fault}}", "operation": "{{operation}}",
                             "time": "1s", "body": "{}", "location": "http://127.0.0.1/", "name": "status"}]}
                """);

        string[] Listed(string name)
        {
            var row = page.Split('\n').Single(line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal));
            return [.. row.Split('`').Where((_, index) => index % 2 == 1).Skip(1).Where(word => word.All(char.IsAsciiLetter))];
        }
    }

    private void Apply(string script) => ScriptFile.Read(_folder.Write("script.json", script)).ApplyTo(_fal);
}
