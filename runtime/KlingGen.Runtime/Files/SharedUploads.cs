using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fal.Media;

/// <summary>
/// Cache of the URLs of uploads, by object: concurrent callers for the same object share one upload, and a failed one is
/// removed. An entry lives as long as its object, and not longer than fal keeps the file.
/// </summary>
internal sealed class SharedUploads(TimeProvider time, FalLifecycle? lifecycle, Func<FalMedia, CancellationToken, Task<string>> upload)
{
    private readonly object _lock = new();
    private readonly ConditionalWeakTable<FalMedia, Entry> _entries = [];

#pragma warning disable CA1001 // A source without a timer or a wait handle holds nothing to dispose.
    private sealed class Entry(FalMedia media)
    {
        public readonly CancellationTokenSource Abandoned = new();
        public readonly (long, DateTime) Stamp = StampOf(media);
        public Task<string> Task = null!;
        public DateTimeOffset GoodUntil = DateTimeOffset.MaxValue;
        public int Waiting;
    }
#pragma warning restore CA1001

    /// <summary>Returns the URL, and uploads if necessary. The upload stops when its last caller is cancelled.</summary>
    public async Task<string> GetAsync(FalMedia media, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(media, out entry) || IsStale(media, entry))
            {
                entry = new Entry(media);
                var started = entry;
                _entries.AddOrUpdate(media, entry);
                var caller = Activity.Current;
                entry.Task = ContextFree.Run(() =>
                {
                    // The spans of the upload belong to the first caller's trace.
                    Activity.Current = caller;
                    return RunAsync(media, started);
                });
            }
            entry.Waiting++;
        }
        try
        {
            return await entry.Task.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            Leave(media, entry);
        }
    }

    /// <summary>Adds the URL of an upload that was made in another way.</summary>
    public void Remember(FalMedia media, string url, FalLifecycle? with)
    {
        var entry = new Entry(media) { Task = Task.FromResult(url), GoodUntil = GoodUntil(with ?? lifecycle) };
        lock (_lock) _entries.AddOrUpdate(media, entry);
    }

    private async Task<string> RunAsync(FalMedia media, Entry entry)
    {
        try
        {
            var url = await upload(media, entry.Abandoned.Token).ConfigureAwait(false);
            entry.GoodUntil = GoodUntil(lifecycle);
            return url;
        }
        catch
        {
            Forget(media, entry);
            throw;
        }
    }

    private void Leave(FalMedia media, Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Waiting > 0 || entry.Task.IsCompleted) return;
            Forget(media, entry);
        }
        entry.Abandoned.Cancel();
        ContextFree.Observe(entry.Task);
    }

    private void Forget(FalMedia media, Entry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(media, out var current) && ReferenceEquals(current, entry)) _entries.Remove(media);
        }
    }

    private bool IsStale(FalMedia media, Entry entry)
        => entry.Task.IsCompleted && (time.GetUtcNow() >= entry.GoodUntil || (media.FilePath is not null && entry.Stamp != StampOf(media)));

    // The job that uses the file may start much later, so half of the file's lifetime is reserved for it.
    private DateTimeOffset GoodUntil(FalLifecycle? with)
        => with?.ExpiresAfter is { } lifetime ? time.GetUtcNow() + lifetime / 2 : DateTimeOffset.MaxValue;

    private static (long, DateTime) StampOf(FalMedia media)
    {
        if (media.FilePath is null) return default;
        try
        {
            var file = new FileInfo(media.FilePath);
            return file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return default;
        }
    }
}
