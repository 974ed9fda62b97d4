using System.Text.Json;
using Fal.Jobs.Tests.Kill;

namespace Fal.Jobs.Tests;

/// <summary>The commands <c>klinggen batch … --postgres</c> as processes on a real server, with an emulator in a process as fal.</summary>
public sealed class ToolTests(PostgreSqlServer server) : DatabaseTests(server)
{
    private const string Kling = "fal-ai/kling-video/v2.6/pro/text-to-video";

    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-tool-").FullName;

    [Fact]
    public async Task Commands_work_on_a_batch_in_PostgreSQL()
    {
        try
        {
            await using var fal = await EmulatedFal.StartAsync(_folder, null);
            var jobs = Path.Combine(_folder, "films.jsonl");
            await File.WriteAllLinesAsync(jobs, [Line("a"), Line("b")]);
            Assert.Contains("2 jobs: 2 saved", await ToolAsync(fal, 0, "run", jobs, "--yes"));
            Assert.Contains("films", await ToolAsync(fal, 0, "list"));
            Assert.Contains("saved", await ToolAsync(fal, 0, "show", "--key", "a"));
            Assert.Contains($"a,{Kling}", (await ToolAsync(fal, 0, "export", "--format", "csv")).Replace("\"", "", StringComparison.Ordinal));

            // What is paused is not submitted.
            Assert.Contains("until Monday", await ToolAsync(fal, 0, "pause", "--reason", "until Monday"));
            var ledger = Open();
            await ledger.AddAsync([Entry("c"), Entry("d")]);
            Assert.Contains("until Monday", await ToolAsync(fal, 1, "run", jobs, "--yes"));
            Assert.Equal(2, (await fal.ReadSubmitsAsync()).Count);

            // A stop cancels what was not sent; retry takes it back, for one job.
            Assert.Contains("enough", await ToolAsync(fal, 0, "stop", "--reason", "enough"));
            Assert.Equal(2, (await ledger.CountAsync("films"))[FalLedgerState.Cancelled]);
            await ToolAsync(fal, 0, "resume");
            Assert.Contains("1 job will be done again", await ToolAsync(fal, 0, "retry", "--key", "c"));
            Assert.Contains("3 saved", await ToolAsync(fal, 1, "run", jobs, "--yes"));

            // A submit whose answer was lost is given up by a person.
            await ExecuteAsync("update fal_jobs.entry set state = 'unknown', reason = 'lost', wire_body = '{}' where key = 'd'");
            Assert.Contains("d unknown: lost", await ToolAsync(fal, 0, "show", "--state", "unknown"));
            Assert.Contains("is cancelled", await ToolAsync(fal, 0, "resolve", "--key", "d", "--cancel"));

            Assert.Contains("0 jobs deleted", await ToolAsync(fal, 0, "purge", "--older-than", "1h", "--yes"));
            await ExecuteAsync("update fal_jobs.entry set ended_at = ended_at - interval '2 hours'");
            Assert.Contains("4 jobs deleted", await ToolAsync(fal, 0, "purge", "--older-than", "1h", "--yes"));
            Assert.Equal(0, (await ledger.CountAsync()).Total);
            Assert.Equal(3, (await fal.ReadSubmitsAsync()).Count);
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Database_that_is_away_is_an_error_without_the_password()
    {
        try
        {
            var connection = "Host=127.0.0.1;Port=1;Username=app;Password=not-to-be-shown;Database=films";
            await using var tool = ChildProcess.Start("Tool", ["batch", "list", "--postgres", connection], [], _folder);
            await tool.ReadToEndAsync();
            Assert.Equal(2, tool.ExitCode);
            Assert.Contains("The ledger cannot be used", tool.Errors);
            Assert.DoesNotContain("not-to-be-shown", tool.Errors);
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string Line(string key)
        => JsonSerializer.Serialize(new { endpoint = Kling, key, input = new { prompt = "film " + key } });

    private static FalNewEntry Entry(string key)
        => new("films", key, Kling, JsonSerializer.SerializeToElement(new { prompt = "film " + key }));

    /// <summary>Runs a command, and returns both of its outputs.</summary>
    private async Task<string> ToolAsync(EmulatedFal fal, int code, string command, params string[] arguments)
    {
        await using var tool = ChildProcess.Start(
            "Tool", ["batch", command, .. arguments, "--postgres", ConnectionString], fal.Environment, _folder);
        var output = await tool.ReadToEndAsync();
        Assert.True(tool.ExitCode == code, $"{command} ended with {tool.ExitCode}: {output}{tool.Errors}");
        return output + tool.Errors;
    }
}
