using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Fal.Jobs;
using KlingGen.Cli.Batch;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Batch;

/// <summary>The reports of a batch, read back.</summary>
public sealed class BatchReportTests : IDisposable
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&";

    private readonly TempFolder _folder = new();
    private readonly FalMemoryLedger _ledger = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_job_is_in_every_report()
    {
        await AddAsync(3, index => $"key-{index}");
        await SaveAsync("key-0", "clips/key 0.mp4", "key-0.png");
        await FailAsync("key-1", "=1+1 was refused");
        await WriteAsync();

        var json = JsonDocument.Parse(_folder.Read("report.json")).RootElement;
        Assert.Equal(("videos", "running"), (json.GetProperty("batch").GetString(), json.GetProperty("state").GetString()));
        Assert.Equal(3, json.GetProperty("jobs").GetArrayLength());
        Assert.Equal(1, json.GetProperty("counts").GetProperty("saved").GetInt32());
        Assert.Equal("saved", json.GetProperty("jobs")[0].GetProperty("state").GetString());
        Assert.Equal(7, json.GetProperty("jobs")[0].GetProperty("result").GetProperty("seed").GetInt32());

        using var csv = new CsvReader(new StringReader(_folder.Read("report.csv")), CultureInfo.InvariantCulture);
        var records = csv.GetRecords<dynamic>().ToList();
        Assert.Equal(["saved", "failed", "queued"], records.Select(record => (string)record.state));
        // A spreadsheet must not run what a server wrote.
        Assert.Equal("'=1+1 was refused", (string)records[1].reason);

        var html = _folder.Read("report.html");
        Assert.Contains("<video src=\"./clips/key%200.mp4\" preload=metadata controls></video>", html, StringComparison.Ordinal);
        Assert.Contains("<img src=\"./key-0.png\" loading=lazy alt=\"\">", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"failed\">failed<br>=1+1 was refused</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_escapes_what_comes_from_jobs()
    {
        await AddAsync(1, _ => Hostile);
        await SaveAsync(Hostile, $"{Hostile.Replace('/', '_')}.png");
        await WriteAsync();
        var html = _folder.Read("report.html");
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Many_jobs_are_split_into_pages_that_link_to_each_other()
    {
        await AddAsync(BatchReport.PageSize + 1, index => $"key-{index}");
        await WriteAsync();
        Assert.Contains("<b>1</b> <a href=\"report-2.html\">2</a>", _folder.Read("report.html"), StringComparison.Ordinal);
        Assert.Equal(BatchReport.PageSize, _folder.Read("report.html").Split("<tr><td>").Length - 1);
        Assert.Contains($"<td>key-{BatchReport.PageSize}</td>", _folder.Read("report-2.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_export_to_a_text_has_the_same_content_as_the_file(bool isCsv)
    {
        await AddAsync(2, index => $"key-{index}");
        await WriteAsync();
        using var text = new StringWriter();
        await BatchReport.WriteAsync(_ledger, (await _ledger.FindBatchAsync("videos"))!, isCsv, text, CancellationToken.None);
        Assert.Equal(_folder.Read(isCsv ? "report.csv" : "report.json").TrimEnd(), text.ToString().TrimEnd());
    }

    private async Task WriteAsync()
    {
        var batch = (await _ledger.FindBatchAsync("videos"))!;
        Assert.Equal(_folder.At("report.html"), await BatchReport.WriteAsync(_ledger, batch, _folder.Root, CancellationToken.None));
    }

    private async Task AddAsync(int count, Func<int, string> keyOf)
    {
        await _ledger.AddBatchAsync("videos", new FalJobPolicy { Window = 100 });
        var input = JsonSerializer.SerializeToElement(new { prompt = Hostile });
        await _ledger.AddAsync([.. Enumerable.Range(0, count).Select(index => new FalNewEntry("videos", keyOf(index), "acme/lumen/clip", input))]);
    }

    private async Task SaveAsync(string key, params string[] files)
    {
        var now = DateTimeOffset.UtcNow;
        var submitting = await ChangeAsync(key, entry => entry with { State = FalLedgerState.Submitting, WireBody = "{}", IntentAt = now });
        using var client = new Fal.FalClient(new Fal.FalClientOptions { Key = "tests:0123456789abcdef" });
        var token = client.Endpoint(submitting.EndpointId).Resume("request-" + submitting.Sequence).ToToken();
        await ChangeAsync(key, entry => entry with { State = FalLedgerState.Submitted, Token = token });
        await ChangeAsync(key, entry => entry with { State = FalLedgerState.Finished, Result = """{"seed": 7}""" });
        await ChangeAsync(key, entry => entry with { State = FalLedgerState.Saved, Files = files, EndedAt = DateTimeOffset.UtcNow });
    }

    private Task<FalLedgerEntry> FailAsync(string key, string reason)
        => ChangeAsync(key, entry => entry with { State = FalLedgerState.Failed, Reason = reason, EndedAt = DateTimeOffset.UtcNow });

    private async Task<FalLedgerEntry> ChangeAsync(string key, Func<FalLedgerEntry, FalLedgerEntry> change)
    {
        var before = (await _ledger.FindAsync(FalNewEntry.GetId("videos", key)))!;
        Assert.Equal(FalApplyOutcome.Applied, await _ledger.ApplyAsync(before, change(before)));
        return (await _ledger.FindAsync(before.Id))!;
    }
}
