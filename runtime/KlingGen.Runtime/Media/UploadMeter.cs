namespace Fal.Media;

/// <summary>
/// Sums the bytes that the parts of an upload have sent, and reports a sum that never decreases. The listener is called
/// outside the lock by one thread at a time, with the latest sum: a slow listener receives fewer reports and delays only the
/// part that reports.
/// </summary>
internal sealed class UploadMeter(IProgress<FalUploadProgress>? progress, long? total)
{
    private readonly object _lock = new();
    private long _sent;
    private long _reported = -1;
    private FalUploadProgress? _final;
    private bool _isReporting;

    /// <summary>Creates a part, whose bytes count once even if they are sent several times.</summary>
    public Part NewPart() => new(this);

    /// <summary>Reports the end of the upload with its size.</summary>
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
/// A progress listener threw an exception. An InvalidOperationException, which the transport rethrows unchanged, so that it
/// does not count as a broken connection.
/// </summary>
internal sealed class ProgressListenerException(Exception innerException) : InvalidOperationException("A progress listener failed.", innerException);
