using System.Collections.Concurrent;

namespace Fal;

/// <summary>
/// Cache of the platform API's answers about endpoints: one lookup per endpoint and hour, shared by concurrent callers. A
/// failed lookup is not cached.
/// </summary>
internal sealed class LookupCache<T>(TimeProvider time, Func<string, Task<T>> fetch)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public async Task<T> FindAsync(string endpointId, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var entry = _entries.AddOrUpdate(
            endpointId,
            id => new Entry(now, fetch, id),
            (id, known) => known.IsUsable(time.GetElapsedTime(known.At, now) < Lifetime) ? known : new Entry(now, fetch, id));
        return await entry.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed class Entry(long at, Func<string, Task<T>> fetch, string endpointId)
    {
        private readonly Lazy<Task<T>> _value = new(() => fetch(endpointId));

        public long At => at;

        public Task<T> Value => _value.Value;

        public bool IsUsable(bool isFresh) => isFresh && !(_value.IsValueCreated && (Value.IsFaulted || Value.IsCanceled));
    }
}
