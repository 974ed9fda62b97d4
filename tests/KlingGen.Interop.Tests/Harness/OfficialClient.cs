using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KlingGen.Interop.Tests.Harness;

/// <summary>fal's own JavaScript client, unchanged, in a process of its own. Calls run side by side.</summary>
public sealed class OfficialClient : IAsyncLifetime
{
    /// <summary>The name of the tests that share one client.</summary>
    public const string Collection = "fal's own client";

    private static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), "..", "client"));
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<int, Call> _waiting = new();
    private readonly StringBuilder _complaints = new();
    private readonly Lock _gate = new();
    private Process? _node;
    private int _lastId;

    /// <summary>Why the client cannot run here, with what to do about it; null if it can.</summary>
    internal static string? Obstacle { get; } = FindObstacle();

    /// <summary>Makes a call and returns what the client returned. The names of the calls are in <c>client/calls.mjs</c>.</summary>
    /// <param name="hosts">Where fal's hosts are played.</param>
    /// <param name="call">The name of the call.</param>
    /// <param name="args">What the call takes, in JavaScript's names.</param>
    /// <param name="hear">Hears what the call's callbacks hear.</param>
    /// <exception cref="OfficialClientException">The client threw.</exception>
    internal async Task<JsonNode?> CallAsync(PlayedHosts hosts, string call, object args, Action<JsonNode>? hear = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = new Call(answer, hear);
        var order = JsonSerializer.Serialize(new { id, call, args, key = hosts.Key, hosts = hosts.Addresses });
        lock (_gate)
        {
            _node ??= Start();
            _node.StandardInput.WriteLine(order);
            _node.StandardInput.Flush();
        }
        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>A file for a call, made on the other side: <paramref name="size"/> bytes that repeat 0 to 250.</summary>
    internal static object File(string name, string type, int size) => new Dictionary<string, object> { ["$file"] = new { name, type, size } };

    /// <summary>The bytes of such a file.</summary>
    internal static byte[] BytesOfFile(int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++) bytes[i] = (byte)(i % 251);
        return bytes;
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        if (_node is null) return;
        _node.Kill(entireProcessTree: true);
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    private Process Start()
    {
        var node = new Process
        {
            StartInfo = new ProcessStartInfo("node", "driver.mjs")
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                StandardOutputEncoding = Encoding.UTF8,
            },
            EnableRaisingEvents = true,
        };
        node.OutputDataReceived += (_, line) => Take(line.Data);
        node.ErrorDataReceived += (_, line) =>
        {
            lock (_complaints) _complaints.AppendLine(line.Data);
        };
        node.Exited += (_, _) => GiveUp();
        node.Start();
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
        return node;
    }

    private void Take(string? line)
    {
        if (line is null) return;
        var said = JsonNode.Parse(line)!.AsObject();
        var id = (int)said["id"]!;
        if (!_waiting.TryGetValue(id, out var call)) return;
        if (said["news"] is { } news)
        {
            call.Hear?.Invoke(news);
            return;
        }
        _waiting.TryRemove(id, out _);
        if (said["error"] is JsonObject error) call.Answer.SetException(new OfficialClientException(error));
        else call.Answer.SetResult(said["value"]);
    }

    private void GiveUp()
    {
        string complaints;
        lock (_complaints) complaints = _complaints.ToString();
        foreach (var call in _waiting.Values) call.Answer.TrySetException(new InvalidOperationException("node ended: " + complaints));
    }

    private sealed record Call(TaskCompletionSource<JsonNode?> Answer, Action<JsonNode>? Hear);

    private static string? FindObstacle()
    {
        if (!IsOnPath("node")) return "fal's own client needs node, which is not on the PATH.";
        return Directory.Exists(Path.Combine(Folder, "node_modules", "@fal-ai", "client"))
            ? null : "run 'npm ci --prefix tests/KlingGen.Interop.Tests/client' once, so that fal's own client is there.";
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => System.IO.File.Exists(Path.Combine(folder, program)) || System.IO.File.Exists(Path.Combine(folder, program + ".exe")));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
