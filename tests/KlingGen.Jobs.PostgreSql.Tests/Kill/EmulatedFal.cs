using System.Text;
using System.Text.Json;

namespace Fal.Jobs.Tests.Kill;

/// <summary>The emulator in a process of its own, and its record of requests, which judges what was paid.</summary>
internal sealed class EmulatedFal : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly string _record;
    private long _read;
    private int _requests;

    private EmulatedFal(ChildProcess process, string record) => (_process, _record) = (process, record);

    /// <summary>What points a client at it.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public static async Task<EmulatedFal> StartAsync(string folder, string? script)
    {
        var record = Path.Combine(folder, "requests.jsonl");
        List<string> arguments = ["serve", "--port", "0", "--instant", "--record", record];
        if (script is not null)
        {
            var file = Path.Combine(folder, "script.json");
            await File.WriteAllTextAsync(file, script);
            arguments.AddRange(["--script", file]);
        }
        var fal = new EmulatedFal(ChildProcess.Start("Tool", arguments, [], folder), record);
        while (fal.Environment.Count < 6)
        {
            var line = (await fal._process.ReadLineAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var name = line[0] switch
            {
                "queue" => "FAL_QUEUE_ADDRESS",
                "run" => "FAL_RUN_ADDRESS",
                "rest" => "FAL_REST_ADDRESS",
                "platform" => "FAL_PLATFORM_ADDRESS",
                "key" => "FAL_KEY",
                "admin" => "FAL_ADMIN_KEY",
                _ => null,
            };
            if (name is not null) fal.Environment[name] = line[1];
        }
        return fal;
    }

    /// <summary>How many requests it has received so far.</summary>
    public int CountRequests()
    {
        using var file = new FileStream(_record, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = _read;
        var buffer = new byte[64 * 1024];
        for (int length; (length = file.Read(buffer)) > 0;)
        {
            _read += length;
            _requests += buffer.AsSpan(0, length).Count((byte)'\n');
        }
        return _requests;
    }

    /// <summary>Every submit that made a job: the prompt and the request id.</summary>
    public async Task<ILookup<string, string>> ReadSubmitsAsync()
    {
        using var file = new FileStream(_record, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var jobs = new List<(string Prompt, string RequestId)>();
        while (await reader.ReadLineAsync() is { } line)
        {
            using var request = JsonDocument.Parse(line);
            if (request.RootElement.GetProperty("operation").GetString() != "Submit") continue;
            if (!request.RootElement.TryGetProperty("requestId", out var id)) continue;
            jobs.Add((request.RootElement.GetProperty("body").GetProperty("prompt").GetString()!, id.GetString()!));
        }
        return jobs.ToLookup(job => job.Prompt, job => job.RequestId);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
