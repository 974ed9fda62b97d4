namespace Fal.Media;

/// <summary>
/// Adds up what the parts of an upload have sent, and reports it in order and never backwards. The listener is called outside the lock by one thread
/// at a time, with the newest sum: a slow listener sees fewer steps and holds up no part but the one that reports.
/// </summary>
internal sealed class UploadMeter(IProgress<FalUploadProgress>? progress, long? total)
{
    private readonly object _lock = new();
    private long _sent;
    private long _reported = -1;
    private FalUploadProgress? _final;
    private bool _isReporting;

    /// <summary>A part, whose bytes count once however often they are sent.</summary>
    public Part NewPart() => new(this);

    /// <summary>The upload is done, and this is its size.</summary>
    public void Finish(long size)
    {
        lock (_lock)
        {
            _sent = Math.Max(_sent, size);
            if (_reported != size || total is null) _final = new FalUploadProgress(size, size);
        }
        Report();
    }

    private void Add(long bytes)
    {
        lock (_lock) _sent += bytes;
        Report();
    }

    private void Report()
    {
        if (progress is null) return;
        while (TryTake(out var next))
        {
            try
            {
                progress.Report(next);
            }
            catch (Exception ex)
            {
                throw new ProgressListenerException(ex);
            }
            finally
            {
                lock (_lock) _isReporting = false;
            }
        }
    }

    private bool TryTake(out FalUploadProgress next)
    {
        next = default;
        lock (_lock)
        {
            if (_isReporting || (_final is null && _sent <= _reported)) return false;
            next = _final ?? new FalUploadProgress(_sent, total);
            _final = null;
            _reported = Math.Max(_reported, next.SentBytes);
            _isReporting = true;
            return true;
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

/// <summary>
/// A progress listener threw. An InvalidOperationException, which the transport passes on as it is, so that it is not taken for a broken connection.
/// </summary>
internal sealed class ProgressListenerException(Exception innerException) : InvalidOperationException("A progress listener failed.", innerException);
