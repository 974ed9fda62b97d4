using System.Collections.ObjectModel;
using System.Runtime.InteropServices;

namespace Fal;

/// <summary>
/// Merges the log lines of a job, without duplicates. A poll returns the whole log; an event of the status stream contains
/// new lines only, or the whole log after a reconnect, and the wire format does not distinguish them.
/// </summary>
internal sealed class JobLog
{
    // Most jobs have no log.
    private Dictionary<FalLogLine, int>? _known;
    private FalLogLine[] _lines = [];
    private int _count;

    /// <summary>Adds the new lines.</summary>
    /// <param name="batch">The lines of one answer.</param>
    /// <param name="newLinesOnly">True if the batch continues the earlier events of its connection; then a line without a
    /// time is new even if its message was seen before.</param>
    /// <returns>The number of new lines.</returns>
    public int Merge(List<FalLogLine> batch, bool newLinesOnly)
    {
        var first = _count;
        if (!newLinesOnly && BeginsWithAllKnown(batch))
        {
            for (var i = first; i < batch.Count; i++) Append(batch[i]);
            return _count - first;
        }
        var inBatch = new Dictionary<FalLogLine, int>(batch.Count);
        foreach (var line in batch)
        {
            ref var times = ref CollectionsMarshal.GetValueRefOrAddDefault(inBatch, line, out _);
            times++;
            var known = _known?.GetValueOrDefault(line) ?? 0;
            if (times > known || (newLinesOnly && line.TimestampText is null)) Append(line);
        }
        return _count - first;
    }

    /// <summary>Returns the lines so far; later merges do not change the returned list.</summary>
    public IReadOnlyList<FalLogLine> Snapshot()
        => _count == 0 ? [] : new ReadOnlyCollection<FalLogLine>(new ArraySegment<FalLogLine>(_lines, 0, _count));

    private bool BeginsWithAllKnown(List<FalLogLine> batch)
        => batch.Count >= _count && CollectionsMarshal.AsSpan(batch)[.._count].SequenceEqual(_lines.AsSpan(0, _count));

    private void Append(FalLogLine line)
    {
        // Lines are only written after the end of all snapshots, and growing allocates a new array, so snapshots need no copy.
        if (_count == _lines.Length) Array.Resize(ref _lines, Math.Max(8, _count * 2));
        _lines[_count++] = line;
        CollectionsMarshal.GetValueRefOrAddDefault(_known ??= [], line, out _)++;
    }
}
