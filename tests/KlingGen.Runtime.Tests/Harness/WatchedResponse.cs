using System.Net;

namespace Fal.Tests.Harness;

/// <summary>A response that knows whether it was disposed.</summary>
public sealed class WatchedResponse(HttpStatusCode status) : HttpResponseMessage(status)
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True once the response was disposed.</summary>
    public bool Disposed => _closed.Task.IsCompleted;

    /// <summary>Completes when the response is disposed.</summary>
    public Task Closed => _closed.Task;

    /// <summary>The scripted body, if there is one.</summary>
    public ScriptedBody? Body { get; init; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _closed.TrySetResult();
        base.Dispose(disposing);
    }
}

/// <summary>One step of a body stream: some bytes, a wait, or a failure.</summary>
public delegate ValueTask<ReadOnlyMemory<byte>> BodyStep(CancellationToken cancellationToken);

/// <summary>A response body that follows a script and knows whether its stream was opened and disposed.</summary>
public sealed class ScriptedBody(long? announced, params BodyStep[] steps) : HttpContent
{
    /// <summary>Whether the stream was read.</summary>
    public bool Opened { get; private set; }

    /// <summary>True once the stream was disposed.</summary>
    public bool Disposed { get; private set; }

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync()
    {
        Opened = true;
        return Task.FromResult<Stream>(new ScriptStream(this, steps));
    }

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var own = await CreateContentReadStreamAsync();
        await own.CopyToAsync(stream);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = announced ?? 0;
        return announced is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Disposed = true;
        base.Dispose(disposing);
    }

    private sealed class ScriptStream(ScriptedBody owner, BodyStep[] steps) : Stream
    {
        private ReadOnlyMemory<byte> _rest;
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (_rest.IsEmpty)
            {
                if (_next == steps.Length) return 0;
                _rest = await steps[_next++](cancellationToken);
            }
            var count = Math.Min(_rest.Length, buffer.Length);
            _rest[..count].CopyTo(buffer);
            _rest = _rest[count..];
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            owner.Disposed = true;
            base.Dispose(disposing);
        }
    }
}
