using System.Text;
using Fal;
using KlingGen.Cli.Mcp;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Mcp;

/// <summary>The file that remembers what agents spent.</summary>
public sealed class SpendingLedgerTests : IDisposable
{
    private const string Id = "fal-ai/kling-video/v2.1/master/text-to-video";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static FalCostEstimate Cost(string endpoint = Id)
        => FalPriceList.Bundled.Estimate(endpoint, System.Text.Json.JsonDocument.Parse("{}").RootElement);

    private SpendingLedger Ledger(decimal limit) => new(_folder.At("deep/er/ledger.jsonl"), limit, TimeProvider.System);

    [Fact]
    public void Reservations_survive_a_restart_and_refuse_what_passes_the_limit()
    {
        Ledger(3).Reserve(Id, Cost());
        Ledger(3).Reserve(Id, Cost());
        var refused = Assert.Throws<ToolException>(() => Ledger(3).Reserve(Id, Cost()));
        Assert.Contains("0.2 of --max-cost 3 is left", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0.2m, Ledger(3).Remaining);
        Ledger(4.2m).Reserve(Id, Cost());
    }

    [Fact]
    public void A_released_reservation_counts_nothing()
    {
        var id = Ledger(1.4m).Reserve(Id, Cost());
        Ledger(1.4m).Release(id, Cost());
        Assert.Equal(1.4m, Ledger(1.4m).Remaining);
        Ledger(1.4m).Reserve(Id, Cost());
    }

    [Fact]
    public void An_unknown_cost_is_refused()
    {
        var refused = Assert.Throws<ToolException>(() => Ledger(1000).Reserve("acme/lumen/clip", Cost("acme/lumen/clip")));
        Assert.Contains("price is unknown", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"amount\": 1}\n{\"amou")]
    [InlineData("{\"amount\": 1}\nnonsense\n")]
    [InlineData("{\"amount\": 1}\n{\"id\": \"a\"}\n")]
    [InlineData("{\"amount\": \"one\"}\n")]
    [InlineData("\n")]
    public void A_broken_file_refuses_every_job(string text)
    {
        _folder.Write("deep/er/ledger.jsonl", text);
        var refused = Assert.Throws<ToolException>(() => Ledger(1000).Reserve(Id, Cost()));
        Assert.Contains("cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, _folder.Read("deep/er/ledger.jsonl"));
    }

    [Fact]
    public async Task Concurrent_reservations_do_not_pass_the_limit()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            try
            {
                Ledger(4.2m).Reserve(Id, Cost());
                return true;
            }
            catch (ToolException)
            {
                return false;
            }
        })));
        Assert.Equal(3, made.Count(one => one));
        Assert.Equal(3, Encoding.UTF8.GetString(await File.ReadAllBytesAsync(_folder.At("deep/er/ledger.jsonl"))).Count(c => c == '\n'));
    }
}
