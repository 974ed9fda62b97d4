using Microsoft.Data.Sqlite;

namespace Fal.Jobs;

/// <summary>Entries and batches to columns and back. Times are milliseconds since 1970, costs are millionths.</summary>
internal static class EntryColumns
{
    public const string All =
        "sequence, id, batch, key, endpoint_id, input, input_hash, output, trace_parent, added_at, state, fence, attempts, retries, due_at, "
        + "lease_owner, lease_until, media, wire_body, token, former_request_ids, result, files, error_kind, reason, estimate, cost, "
        + "is_cost_estimated, committed, intent_at, submitted_at, finished_at, ended_at";

    public const string Set =
        "state = $state, fence = $fence + 1, attempts = $attempts, retries = $retries, due_at = $due_at, lease_owner = $lease_owner, "
        + "lease_until = $lease_until, media = $media, wire_body = $wire_body, token = $token, request_id = $request_id, "
        + "former_request_ids = $former_request_ids, result = $result, files = $files, error_kind = $error_kind, reason = $reason, "
        + "estimate = $estimate, cost = $cost, is_cost_estimated = $is_cost_estimated, committed = $committed, intent_at = $intent_at, "
        + "submitted_at = $submitted_at, finished_at = $finished_at, ended_at = $ended_at";

    public static FalLedgerEntry Read(SqliteDataReader row) => new()
    {
        Sequence = row.GetInt64(0),
        Id = row.GetString(1),
        Batch = row.GetString(2),
        Key = row.GetString(3),
        EndpointId = row.GetString(4),
        Input = row.GetString(5),
        InputHash = row.GetString(6),
        Output = Text(row, 7),
        TraceParent = Text(row, 8),
        AddedAt = ToTime(row.GetInt64(9)),
        State = FalLedgerText.ParseState(row.GetString(10)),
        Fence = row.GetInt64(11),
        Attempts = row.GetInt32(12),
        Retries = row.GetInt32(13),
        DueAt = ToTime(row.GetInt64(14)),
        LeaseOwner = Text(row, 15),
        LeaseUntil = Time(row, 16),
        Media = Text(row, 17) is { } media ? FalLedgerText.ReadMedia(media) : [],
        WireBody = Text(row, 18),
        Token = Text(row, 19) is { } token ? FalJobToken.Parse(token) : null,
        FormerRequestIds = List(row, 20),
        Result = Text(row, 21),
        Files = List(row, 22),
        ErrorKind = Text(row, 23),
        Reason = Text(row, 24),
        Estimate = row.IsDBNull(25) ? null : FalLedgerText.FromMillionths(row.GetInt64(25)),
        Cost = FalLedgerText.FromMillionths(row.GetInt64(26)),
        IsCostEstimated = row.GetBoolean(27),
        Committed = FalLedgerText.FromMillionths(row.GetInt64(28)),
        IntentAt = Time(row, 29),
        SubmittedAt = Time(row, 30),
        FinishedAt = Time(row, 31),
        EndedAt = Time(row, 32),
    };

    /// <summary>The parameters of <see cref="Set"/>; <c>$fence</c> is that of the entry before.</summary>
    public static void Bind(SqliteCommand command, FalLedgerEntry entry, long fence)
    {
        Add(command, "$id", entry.Id);
        Add(command, "$state", FalLedgerText.ToWord(entry.State));
        Add(command, "$fence", fence);
        Add(command, "$attempts", entry.Attempts);
        Add(command, "$retries", entry.Retries);
        Add(command, "$due_at", ToNumber(entry.DueAt));
        Add(command, "$lease_owner", entry.LeaseOwner);
        Add(command, "$lease_until", ToNumber(entry.LeaseUntil));
        Add(command, "$media", entry.Media.Count == 0 ? null : FalLedgerText.WriteMedia(entry.Media));
        Add(command, "$wire_body", entry.WireBody);
        Add(command, "$token", entry.Token?.ToString());
        Add(command, "$request_id", entry.RequestId);
        Add(command, "$former_request_ids", entry.FormerRequestIds.Count == 0 ? null : FalLedgerText.WriteFiles(entry.FormerRequestIds));
        Add(command, "$result", entry.Result);
        Add(command, "$files", entry.Files.Count == 0 ? null : FalLedgerText.WriteFiles(entry.Files));
        Add(command, "$error_kind", entry.ErrorKind);
        Add(command, "$reason", entry.Reason);
        Add(command, "$estimate", entry.Estimate is { } estimate ? FalLedgerText.ToMillionths(estimate) : null);
        Add(command, "$cost", FalLedgerText.ToMillionths(entry.Cost));
        Add(command, "$is_cost_estimated", entry.IsCostEstimated ? 1L : 0L);
        Add(command, "$committed", FalLedgerText.ToMillionths(entry.Committed));
        Add(command, "$intent_at", ToNumber(entry.IntentAt));
        Add(command, "$submitted_at", ToNumber(entry.SubmittedAt));
        Add(command, "$finished_at", ToNumber(entry.FinishedAt));
        Add(command, "$ended_at", ToNumber(entry.EndedAt));
    }

    public const string Batch = "name, policy, state, pause_kind, reason, committed, consecutive_failures, added_at";

    public static FalBatch ReadBatch(SqliteDataReader row) => new()
    {
        Name = row.GetString(0),
        Policy = FalLedgerText.ReadPolicy(row.GetString(1)),
        State = FalLedgerText.ParseBatchState(row.GetString(2)),
        PauseKind = Text(row, 3) is { } kind ? FalLedgerText.ParsePauseKind(kind) : null,
        Reason = Text(row, 4),
        Committed = FalLedgerText.FromMillionths(row.GetInt64(5)),
        ConsecutiveFailures = row.GetInt32(6),
        AddedAt = ToTime(row.GetInt64(7)),
    };

    public static void BindBatch(SqliteCommand command, FalBatch batch)
    {
        Add(command, "$name", batch.Name);
        Add(command, "$policy", FalLedgerText.WritePolicy(batch.Policy));
        Add(command, "$batch_state", FalLedgerText.ToWord(batch.State));
        Add(command, "$pause_kind", batch.PauseKind is { } kind ? FalLedgerText.ToWord(kind) : null);
        Add(command, "$batch_reason", batch.Reason);
        Add(command, "$batch_committed", FalLedgerText.ToMillionths(batch.Committed));
        Add(command, "$failures", batch.ConsecutiveFailures);
        Add(command, "$batch_added_at", ToNumber(batch.AddedAt));
    }

    public static void Add(SqliteCommand command, string name, object? value) => command.Parameters.AddWithValue(name, value ?? DBNull.Value);

    public static long ToNumber(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset ToTime(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? ToNumber(DateTimeOffset? time) => time is { } known ? ToNumber(known) : null;

    private static DateTimeOffset? Time(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : ToTime(row.GetInt64(column));

    private static IReadOnlyList<string> List(SqliteDataReader row, int column) => Text(row, column) is { } json ? FalLedgerText.ReadFiles(json) : [];
}
