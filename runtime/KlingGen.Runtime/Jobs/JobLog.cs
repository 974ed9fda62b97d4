using System.Collections;
using System.Runtime.InteropServices;

namespace Fal;

/// <summary>
/// All lines of a job, each once. A poll brings the whole log again and an event of the status stream brings new lines only,
/// or the whole log once more after a cut, and nothing on the wire says which.
/// </summary>
internal sealed class JobLog
{
    private readonly Dictionary<FalLogLine, int> _known = [];
    private FalLogLine[] _lines = [];
    private int _count;

    public int Count => _count;

    /// <summary>Adds what is new.</summary>
    /// <param name="batch">The lines of one answer.</param>
    /// <param name="newLinesOnly">True if the batch continues what its connection sent before; then a line without a
    /// time is new even if its text was seen.</param>
    /// <returns>How many lines were new.</returns>
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
            _known.TryGetValue(line, out var known);
            if (times > known || (newLinesOnly && line.TimestampText is null)) Append(line);
        }
        return _count - first;
    }

    /// <summary>The lines from one index to another as they stand now; later merges do not change it.</summary>
    public IReadOnlyList<FalLogLine> Slice(int from, int to) => from >= to ? [] : new Lines(_lines, from, to - from);

    private bool BeginsWithAllKnown(List<FalLogLine> batch)
    {
        if (batch.Count < _count) return false;
        for (var i = 0; i < _count; i++)
        {
            if (!batch[i].Equals(_lines[i])) return false;
        }
        return true;
    }

    private void Append(FalLogLine line)
    {
        // Lines are only ever written beyond what a slice can see, and growing makes a new array, so slices need no copy.
        if (_count == _lines.Length) Array.Resize(ref _lines, Math.Max(8, _count * 2));
        _lines[_count++] = line;
        CollectionsMarshal.GetValueRefOrAddDefault(_known, line, out _)++;
    }

    private sealed class Lines(FalLogLine[] lines, int from, int count) : IReadOnlyList<FalLogLine>
    {
        public int Count => count;

        public FalLogLine this[int index] => (uint)index < (uint)count ? lines[from + index] : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<FalLogLine> GetEnumerator()
        {
            for (var i = 0; i < count; i++) yield return lines[from + i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
