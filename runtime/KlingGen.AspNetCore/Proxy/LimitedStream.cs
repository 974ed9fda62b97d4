namespace Fal.AspNetCore;

/// <summary>A request body that ends in an exception beyond a limit, and remembers why it broke off.</summary>
internal sealed class LimitedStream(Stream inner, long limit) : ForwardOnlyStream
{
    private long _count;

    /// <summary>Whether the body was longer than the limit.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>The failure of the caller's connection, where it broke off.</summary>
    public Exception? Failure { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _count += count;
            IsExceeded |= _count > limit;
            return IsExceeded ? throw new IOException("The request body is longer than the limit.") : count;
        }
        catch (Exception ex)
        {
            Failure = ex;
            throw;
        }
    }
}
