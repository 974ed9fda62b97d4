using System.Diagnostics;
using Fal.Tests.Harness;
using KlingGen.CrashSample;

namespace Fal.Tests.Crashes;

/// <summary>The documented pattern under <c>kill -9</c>: no job at the server that is neither in the log nor an open intent.</summary>
public sealed class CrashTests
{
    private const int Jobs = 40;

    [Fact]
    public async Task No_job_is_unknown_after_a_kill()
    {
        var random = new Random(7);
        for (var round = 0; round < (Rounds.IsLong ? 100 : 3); round++)
        {
            var path = Path.Combine(Path.GetTempPath(), $"klinggen-crash-{Guid.NewGuid():N}.log");
            try
            {
                await KillAsync(path, killAfter: random.Next(1, 3 * Jobs));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    [Fact]
    public void The_page_shows_the_sample()
    {
        var sample = Lines(Repository.Read("tests/KlingGen.CrashSample/Program.cs"));
        var blocks = Repository.Read("generator/docs/CRASHES.md").ReplaceLineEndings("\n").Split("```csharp\n")[1..];
        Assert.Equal(2, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(Lines(block.Split("```")[0]), sample, StringComparison.Ordinal));

        static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();
    }

    private static async Task KillAsync(string path, int killAfter)
    {
        var (jobs, requests) = (0, 0);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(async exchange =>
        {
            var answer = exchange.Method switch
            {
                "POST" => ServerSteps.Json($$"""{"request_id":"job-{{Interlocked.Increment(ref jobs)}}","status":"IN_QUEUE"}"""),
                _ when exchange.Path.EndsWith("/status", StringComparison.Ordinal) => ServerSteps.Json("""{"status":"COMPLETED"}"""),
                _ => ServerSteps.Json("""{"seed":7}"""),
            };
            // Before the answer as often as after it, so that kills fall into the gap between both.
            var count = Interlocked.Increment(ref requests);
            if (count >= killAfter && count % 2 == 0) reached.TrySetResult();
            var goesOn = await answer(exchange);
            if (count >= killAfter) reached.TrySetResult();
            return goesOn;
        });
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { SamplePath(), path, server.Address.ToString(), Jobs.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await Task.WhenAny(reached.Task, process.WaitForExitAsync()).WaitAsync(TimeSpan.FromMinutes(2));
        // The tree: where dotnet is a script, the sample is its child, and would hold the output open.
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await Task.WhenAll(output, errors);
        Assert.True(server.Requests.Count > 0, "The sample did not start: " + await errors);

        var open = new IntentLog(path).Unfinished();
        var known = File.ReadLines(path).Select(line => line.Split(' ')).Where(parts => parts is ["token", _, _])
            .Select(parts => FalJobToken.TryParse(parts[2], out var token) ? token.RequestId : "").ToHashSet(StringComparer.Ordinal);
        var unknown = server.Requests.Where(request => request.Method == "POST").Select(request => request["X-Fal-Tags"]!["intent=".Length..])
            .Where(intent => !File.ReadAllText(path).Contains($"token {intent} ", StringComparison.Ordinal) && !open.ContainsKey(intent)).ToArray();
        Assert.True(unknown.Length == 0, $"Jobs that are neither known nor open intents: {string.Join(", ", unknown)}");
        var withoutToken = open.Count(intent => intent.Value is null);
        Assert.True(jobs - known.Count <= withoutToken, $"{jobs} jobs, {known.Count} tokens, {withoutToken} intents without a token.");
    }

    private static string SamplePath()
    {
        // bin/Debug/net10.0, or bin/Debug/net8.0/linux-x64 where the tests bring their own runtime.
        var output = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar);
        var configuration = output[Array.LastIndexOf(output, "bin") + 1];
        return Repository.At($"tests/KlingGen.CrashSample/bin/{configuration}/net10.0/KlingGen.CrashSample.dll");
    }
}
