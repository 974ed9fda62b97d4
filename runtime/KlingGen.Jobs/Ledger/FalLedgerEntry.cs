using System.Diagnostics;

namespace Fal.Jobs;

/// <summary>
/// One job in a ledger, from its input to its saved files. Immutable: a change is a new record that <see cref="IFalLedger.ApplyAsync"/> stores.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalLedgerEntry
{
    /// <summary>
    /// The id: 32 hexadecimal digits that follow from batch and key, see <see cref="FalNewEntry.GetId"/>. It fits into webhook URLs.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The name of the batch.</summary>
    public required string Batch { get; init; }

    /// <summary>The caller's key, unique within the batch.</summary>
    public required string Key { get; init; }

    /// <summary>The endpoint.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The input as JSON, without the URLs of local media.</summary>
    public required string Input { get; init; }

    /// <summary>
    /// What "the same body" means for the key: a hash of endpoint, input, media and output; see <see cref="FalNewEntry.InputHash"/>.
    /// </summary>
    public required string InputHash { get; init; }

    /// <summary>The caller's path for the files, relative to the folder of the results; null for the default.</summary>
    public string? Output { get; init; }

    /// <summary>The W3C <c>traceparent</c> under which the entry was added; the spans of its job belong to that trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The order in which entries were added to the ledger. The ledger assigns it, ascending; gaps are allowed.</summary>
    public long Sequence { get; init; }

    /// <summary>When the entry was added.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>The state.</summary>
    public FalLedgerState State { get; init; }

    /// <summary>
    /// The version of the entry. The ledger adds 1 with every claim and every change, and a change needs the fence that it was based on.
    /// </summary>
    public long Fence { get; init; }

    /// <summary>How many submits may be jobs: intents, without those that fal is known to have refused or never received.</summary>
    public int Attempts { get; init; }

    /// <summary>How often in a row the current step failed, for its backoff.</summary>
    public int Retries { get; init; }

    /// <summary>When there is something to do; claims leave the entry out before.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Who works on the entry; null if no process does.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>When the lease ends; null without one.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The local media.</summary>
    public IReadOnlyList<FalMediaReference> Media { get; init; } = [];

    /// <summary>The body of the submit. It is stored before the submit, and exactly this is sent.</summary>
    public string? WireBody { get; init; }

    /// <summary>The token of the job; null before fal has accepted it.</summary>
    public FalJobToken? Token { get; init; }

    /// <summary>The request ids of earlier jobs of this entry, which failed. The search for a later submit skips them.</summary>
    public IReadOnlyList<string> FormerRequestIds { get; init; } = [];

    /// <summary>The result as JSON; null before the job has one.</summary>
    public string? Result { get; init; }

    /// <summary>The paths of the saved files.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The kind of the last error, such as <c>FalRequestRejectedException</c> or fal's own <c>content_policy_violation</c>.</summary>
    public string? ErrorKind { get; init; }

    /// <summary>Why the entry failed, was cancelled, is unknown or paused, or why it waits.</summary>
    public string? Reason { get; init; }

    /// <summary>The most that one submit may cost, in the currency of the price list; null if the price list does not know.</summary>
    public decimal? Estimate { get; init; }

    /// <summary>What all ended attempts cost.</summary>
    public decimal Cost { get; init; }

    /// <summary>Whether <see cref="Cost"/> counts an attempt by its estimate, or not at all, because fal did not name its cost.</summary>
    public bool IsCostEstimated { get; init; }

    /// <summary>
    /// What the entry takes of the batch's budget: <see cref="Cost"/>, and the estimate of a submit that may be charged. At most 6 decimals.
    /// </summary>
    public decimal Committed { get; init; }

    /// <summary>When the intent of the last submit was written, in whole milliseconds; null where no submit is under way or known.</summary>
    public DateTimeOffset? IntentAt { get; init; }

    /// <summary>When fal accepted the job.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When the end of the job was seen.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>
    /// When the entry reached <see cref="FalLedgerState.Saved"/>, <see cref="FalLedgerState.Failed"/> or <see cref="FalLedgerState.Cancelled"/>.
    /// </summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>fal's id of the job; null before fal has accepted it. No two entries of a ledger have the same.</summary>
    public string? RequestId => Token?.RequestId;

    /// <summary>
    /// The id of the current submit, for the webhook's URL: the entry's id and the time of the intent. A late webhook of an earlier submit has
    /// another.
    /// </summary>
    public string? SubmitId
        => IntentAt is { } intent ? FormattableString.Invariant($"{Id}.{intent.ToUnixTimeMilliseconds()}") : null;

    /// <summary>The <see cref="Id"/> of the entry to which a <see cref="SubmitId"/> belongs.</summary>
    /// <param name="submitId">The id of a submit.</param>
    public static string ParseSubmitId(string submitId)
    {
        ArgumentException.ThrowIfNullOrEmpty(submitId);
        return submitId.Split('.')[0];
    }

    /// <summary>Whether the entry is saved, failed or cancelled.</summary>
    public bool IsEnded => State is FalLedgerState.Saved or FalLedgerState.Failed or FalLedgerState.Cancelled;

    /// <summary>The key, the endpoint and the state; nothing of the input.</summary>
    public override string ToString() => $"{Batch}/{Key} {EndpointId}: {FalLedgerText.ToWord(State)}";
}
