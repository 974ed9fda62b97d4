namespace Fal.Media;

/// <summary>Adds up what the parts of an upload have sent, and tells it in order and never backwards.</summary>
internal sealed class UploadMeter(IProgress<FalUploadProgress>? progress, long? total)
{
    private readonly object _lock = new();
    private long _sent;
    private long _told = -1;

    /// <summary>A part, whose bytes count once however often they are sent.</summary>
    public Part NewPart() => new(this);

    /// <summary>The upload is done, and this is its size.</summary>
    public void Finish(long size)
    {
        if (progress is null) return;
        lock (_lock)
        {
            if (_told != size || total is null) progress.Report(new(size, size));
            _told = size;
        }
    }

    private void Add(long bytes)
    {
        if (progress is null) return;
        // Told under the lock: two parts must not overtake each other on the way to the listener.
        lock (_lock)
        {
            _sent += bytes;
            if (_sent <= _told) return;
            _told = _sent;
            progress.Report(new(_sent, total));
        }
    }

    public sealed class Part(UploadMeter meter)
    {
        private long _sent;

        public void Add(int bytes)
        {
            _sent += bytes;
            meter.Add(bytes);
        }

        public void StartOver()
        {
            if (_sent > 0) meter.Add(-_sent);
            _sent = 0;
        }
    }
}
