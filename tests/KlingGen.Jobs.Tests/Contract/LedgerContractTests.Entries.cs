using System.Text;
using System.Text.Json;
using static Fal.Jobs.FalLedgerState;

namespace Fal.Jobs.Tests.Contract;

public abstract partial class LedgerContractTests
{
    private static FalNewEntry New(string key) => new("films", key, Endpoint, Json("""{"prompt":"snow"}"""));

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static FalLedgerEntry Free(FalLedgerEntry entry) => entry with { LeaseOwner = null, LeaseUntil = null };

    private FalLedgerEntry Intent(FalLedgerEntry entry)
        => entry with { State = Submitting, WireBody = """{"prompt":"snöw \u0000"}""", IntentAt = Now, Attempts = entry.Attempts + 1 };

    private FalLedgerEntry Accepted(FalLedgerEntry entry, string requestId)
        => Free(entry) with { State = Submitted, Token = Token(requestId), SubmittedAt = Now };

    private static FalJobToken Token(string requestId)
    {
        var client = new FalClient("key:secret");
        return client.Endpoint(Endpoint).Resume(requestId).ToToken();
    }

    private async Task AddAsync(params string[] keys) => await AddAsync(new FalJobPolicy { Window = 100 }, keys);

    private async Task AddAsync(FalJobPolicy policy, params string[] keys)
    {
        await Ledger.AddBatchAsync("films", policy);
        Assert.Equal(keys.Length, await Ledger.AddAsync([.. keys.Select(New)]));
    }

    private async Task<FalLedgerEntry> FindAsync(string key) => (await Ledger.FindAsync(FalNewEntry.GetId("films", key)))!;

    private ValueTask<IReadOnlyList<FalLedgerEntry>> ClaimAsync(FalClaimKind kind, int limit = 100)
        => Ledger.ClaimAsync(new FalClaim { Owner = Worker, Kind = kind, Limit = limit });

    private async Task<FalLedgerEntry> ClaimOneAsync() => Assert.Single(await ClaimAsync(FalClaimKind.New, 1));

    private async Task<FalLedgerEntry> SubmitAsync(FalLedgerEntry entry, string requestId, decimal committed = 0)
    {
        var intent = Intent(entry) with { Committed = committed };
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, intent));
        intent = intent with { Fence = entry.Fence + 1 };
        var submitted = Accepted(intent, requestId);
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(intent, submitted));
        return submitted with { Fence = intent.Fence + 1 };
    }

    /// <summary>Compares entries by all their properties. Lists are compared by content.</summary>
    private sealed class EntryComparer : IEqualityComparer<FalLedgerEntry?>
    {
        public static EntryComparer Instance { get; } = new();

        public bool Equals(FalLedgerEntry? x, FalLedgerEntry? y) => Text(x) == Text(y);

        public int GetHashCode(FalLedgerEntry? obj) => Text(obj).GetHashCode(StringComparison.Ordinal);

        private static string Text(FalLedgerEntry? entry)
        {
            if (entry is null) return "";
            var text = new StringBuilder();
            foreach (var property in typeof(FalLedgerEntry).GetProperties())
            {
                var value = property.GetValue(entry);
                var shown = value switch
                {
                    IReadOnlyList<FalMediaReference> media => string.Join('|', media),
                    IReadOnlyList<string> files => string.Join('|', files),
                    DateTimeOffset time => time.ToUniversalTime().ToString("O"),
                    decimal cost => FormattableString.Invariant($"{cost:0.######}"),
                    _ => value?.ToString(),
                };
                text.Append(property.Name).Append('=').Append(shown).Append('\n');
            }
            return text.ToString();
        }
    }
}
