using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fal.Media;

/// <summary>
/// Cache of the URLs of uploads, by object: concurrent callers for the same object share one upload, and a failed one is
/// removed. An entry lives as long as its object, and not longer than fal keeps the file.
/// </summary>
internal sealed class SharedUploads(TimeProvider time, FalLifecycle? lifecycle)
{
    private readonly ConditionalWeakTable<FalMedia, Entry> _entries = [];

    /// <summary>Returns the URL, and uploads if necessary. The upload stops when its last caller is cancelled.</summary>
    public Task<string> GetAsync(FalMedia media, Func<FalMedia, CancellationToken, Task<string>> upload, CancellationToken ct)
    {
        Entry? entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(media, out entry) || IsStale(media, entry)) _entries.AddOrUpdate(media, entry = new Entry());
        }
        // The spans of the upload belong to the first caller's trace.
        var caller = Activity.Current;
        return entry.Uploads.JoinAsync(stop => RunAsync(media, upload, entry, caller, stop), default, ct);
    }

    /// <summary>Stores the URL of an upload that was made with options.</summary>
    public void Remember(FalMedia media, string url, FalLifecycle? with)
    {
        var entry = new Entry { Stamp = StampOf(media), GoodUntil = GoodUntil(with ?? lifecycle), Url = url };
        lock (_entries) _entries.AddOrUpdate(media, entry);
    }

    private async Task<string> RunAsync(
        FalMedia media, Func<FalMedia, CancellationToken, Task<string>> upload, Entry entry, Activity? caller, CancellationToken stop)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (entry.Url is { } known) return known;
        Activity.Current = caller;
        entry.Stamp = StampOf(media);
        var url = await upload(media, stop).ConfigureAwait(false);
        entry.GoodUntil = GoodUntil(lifecycle);
        return entry.Url = url;
    }

    private bool IsStale(FalMedia media, Entry entry)
        => entry.Url is not null && (time.GetUtcNow() >= entry.GoodUntil || (media.FilePath is not null && entry.Stamp != StampOf(media)));

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

    private sealed class Entry
    {
        public readonly SingleFlight<string> Uploads = new();
        public (long Length, DateTime ChangedAt) Stamp;
        public DateTimeOffset GoodUntil;

        // Set last: it publishes the fields above.
        public volatile string? Url;
    }
}
