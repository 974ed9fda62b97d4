namespace Fal;

/// <summary>
/// fal has locked the account (403 "User is locked"), usually because its balance is exhausted. The key is valid, so a new
/// key does not help; top up the balance or write to fal's support. Jobs that are queued already can still be read. Waiting
/// does not help: stop a batch here.
/// </summary>
public sealed class FalAccountLockedException(string message, string reason, Exception? innerException = null)
    : FalException(message, innerException, isTransient: false)
{
    /// <summary>fal's own reason, such as <c>Exhausted balance. Top up your balance at fal.ai/dashboard/billing.</c></summary>
    public string Reason { get; } = reason;
}
