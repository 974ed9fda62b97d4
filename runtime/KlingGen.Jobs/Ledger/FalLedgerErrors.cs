namespace Fal.Jobs;

/// <summary>A key is present with another body: two different jobs cannot have one key. Nothing was added or sent.</summary>
public sealed class FalKeyConflictException : InvalidOperationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="key">The key.</param>
    public FalKeyConflictException(string batch, string key)
        : base($"The key '{key}' of batch '{batch}' belongs to a job with another body. Use another key, or the same input. Nothing was sent.")
        => (Batch, Key) = (batch, key);

    /// <summary>The batch.</summary>
    public string Batch { get; }

    /// <summary>The key.</summary>
    public string Key { get; }
}

/// <summary>A ledger cannot be used: it is locked, newer than this version of KlingGen, or not a ledger. The message names the cause.</summary>
public sealed class FalLedgerException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public FalLedgerException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
