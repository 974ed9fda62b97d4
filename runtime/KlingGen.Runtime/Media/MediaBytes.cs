namespace Fal.Media;

/// <summary>
/// The bytes of one local media file, readable at any offset. Probing reads them synchronously (a few kilobytes), uploads
/// asynchronously; both may happen on several threads at once.
/// </summary>
internal abstract class MediaBytes : IAsyncDisposable
{
    /// <summary>The number of bytes; null if it is unknown until the end.</summary>
    public abstract long? Length { get; }

    /// <summary>Reads at <paramref name="offset"/>; 0 at or beyond the end.</summary>
    public abstract int Read(long offset, Span<byte> buffer);

    /// <summary>Reads at <paramref name="offset"/>; 0 at or beyond the end.</summary>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Buffers the beginning so that it can be read synchronously; only media that cannot seek need it.</summary>
    public virtual ValueTask PrepareAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Claims the bytes for an upload; false if they can be read only once and were read already.</summary>
    public virtual bool TryTake() => true;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Bytes in memory.</summary>
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
/// A regular file on disk, open until this object is disposed. Opening a pipe would wait for a writer, and a device may have
/// no end. Both have no length, so a file without a length is not opened.
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
            // A pipe behind a link without a target path, such as /dev/stdin.
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
/// A stream of the caller that can seek, from its position when the media object was created. Reads are serialized, because a
/// stream has one position.
/// </summary>
internal sealed class SeekableBytes(Stream stream, long start) : MediaBytes
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public override long? Length => Math.Max(0, stream.Length - start);

    public override int Read(long offset, Span<byte> buffer)
    {
        // A browser has one thread, which cannot wait for the lock; there probing ends before the upload begins to read.
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
