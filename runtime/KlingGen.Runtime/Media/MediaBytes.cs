namespace Fal.Media;

/// <summary>
/// The bytes of one local medium, readable at any offset. Probing reads it synchronously (a few kilobytes), uploads asynchronously;
/// both may happen from several threads at once.
/// </summary>
internal abstract class MediaBytes : IAsyncDisposable
{
    /// <summary>How many bytes there are, or null when only reading to the end can tell.</summary>
    public abstract long? Length { get; }

    /// <summary>Reads at <paramref name="offset"/>; 0 at or beyond the end.</summary>
    public abstract int Read(long offset, Span<byte> buffer);

    /// <summary>Reads at <paramref name="offset"/>; 0 at or beyond the end.</summary>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Reads what is needed to look at the beginning synchronously; only media that cannot go back need it.</summary>
    public virtual ValueTask PrepareAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Claims the bytes for an upload; false when they can be read once only and were read already.</summary>
    public virtual bool TryTake() => true;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Bytes that are in memory already.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : MediaBytes
{
    public override long? Length => bytes.Length;

    public override int Read(long offset, Span<byte> buffer)
    {
        if (offset >= bytes.Length) return 0;
        var rest = bytes.Span[(int)offset..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        return count;
    }

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        => ValueTask.FromResult(Read(offset, buffer.Span));
}

/// <summary>
/// A regular file on disk, open for as long as this object lives. Opening a pipe would wait for a writer and a device may have no end; both have no
/// length, so what has none is not opened.
/// </summary>
internal sealed class FileBytes : MediaBytes
{
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle? _handle;
    private readonly long _length;

    public FileBytes(string path)
    {
        if (Directory.Exists(path)) throw new IOException("It is a directory.");
        var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        if (file is { Exists: true, Length: 0 }) return;
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous);
        try
        {
            _length = RandomAccess.GetLength(handle);
            _handle = handle;
        }
        catch (NotSupportedException)
        {
            // A pipe behind a link that leads to no path, such as /dev/stdin.
        }
        finally
        {
            if (_handle is null) handle.Dispose();
        }
    }

    public override long? Length => _length;

    public override int Read(long offset, Span<byte> buffer) => _handle is null ? 0 : RandomAccess.Read(_handle, buffer, offset);

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        => _handle is null ? ValueTask.FromResult(0) : RandomAccess.ReadAsync(_handle, buffer, offset, cancellationToken);

    public override ValueTask DisposeAsync()
    {
        _handle?.Dispose();
        return base.DisposeAsync();
    }
}

/// <summary>
/// A stream of the caller's that can seek, from the position it had when the medium was made. Reads take turns, because a stream has one position.
/// </summary>
internal sealed class SeekableBytes(Stream stream, long start) : MediaBytes
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public override long? Length => Math.Max(0, stream.Length - start);

    public override int Read(long offset, Span<byte> buffer)
    {
        // A browser has one thread, which cannot wait for a turn; there a medium is measured before its upload begins to read.
        var waits = !OperatingSystem.IsBrowser();
        if (waits) _turn.Wait();
        try
        {
            stream.Position = start + offset;
            return stream.Read(buffer);
        }
        finally
        {
            if (waits) _turn.Release();
        }
    }

    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            stream.Position = start + offset;
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
