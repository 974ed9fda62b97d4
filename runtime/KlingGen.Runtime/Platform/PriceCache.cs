using System.Collections.Concurrent;

namespace Fal;

/// <summary>A cache of unit prices: one lookup per endpoint and hour, shared by concurrent callers. A lookup that fails is not kept.</summary>
internal sealed class PriceCache(TimeProvider time, Func<string, Task<FalPrice?>> fetch)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public async Task<FalPrice?> FindAsync(string endpointId, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var entry = _entries.AddOrUpdate(
            endpointId,
            id => new Entry(now, fetch, id),
            (id, known) => known.IsUsable(time.GetElapsedTime(known.At, now) < Lifetime) ? known : new Entry(now, fetch, id));
        return await entry.Price.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed class Entry(long at, Func<string, Task<FalPrice?>> fetch, string endpointId)
    {
        private readonly Lazy<Task<FalPrice?>> _price = new(() => fetch(endpointId));

        public long At => at;

        public Task<FalPrice?> Price => _price.Value;

        public bool IsUsable(bool isFresh) => isFresh && !(_price.IsValueCreated && (Price.IsFaulted || Price.IsCanceled));
    }
}
