using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Fal.Jobs;

/// <summary>Rows to records and back. The order of columns is that of <see cref="LedgerSql"/>.</summary>
internal static class LedgerRows
{
    public static FalBatch ReadBatch(NpgsqlDataReader row) => new()
    {
        Name = row.GetString(0),
        Policy = FalLedgerText.ReadPolicy(row.GetString(1)),
        State = FalLedgerText.ParseBatchState(row.GetString(2)),
        PauseKind = row.TextOrNull(3) is { } kind ? FalLedgerText.ParsePauseKind(kind) : null,
        Reason = row.TextOrNull(4),
        Committed = row.GetDecimal(5),
        ConsecutiveFailures = row.GetInt32(6),
        AddedAt = row.Time(7),
    };

    public static void WriteBatch(NpgsqlParameterCollection parameters, FalBatch batch) => parameters
        .Text("name", batch.Name)
        .Text("policy", FalLedgerText.WritePolicy(batch.Policy))
        .Text("state", FalLedgerText.ToWord(batch.State))
        .Text("pause_kind", batch.PauseKind is { } kind ? FalLedgerText.ToWord(kind) : null)
        .Text("reason", Storable(batch.Reason))
        .Number("committed", batch.Committed)
        .Number("consecutive_failures", batch.ConsecutiveFailures);

    public static FalLedgerEntry ReadEntry(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Batch = row.GetString(1),
        Key = row.GetString(2),
        EndpointId = row.GetString(3),
        Input = row.GetString(4),
        InputHash = row.GetString(5),
        Output = row.TextOrNull(6),
        TraceParent = row.TextOrNull(7),
        Sequence = row.GetInt64(8),
        AddedAt = row.Time(9),
        State = FalLedgerText.ParseState(row.GetString(10)),
        Fence = row.GetInt64(11),
        Attempts = row.GetInt32(12),
        Retries = row.GetInt32(13),
        DueAt = row.Time(14),
        LeaseOwner = row.TextOrNull(15),
        LeaseUntil = row.TimeOrNull(16),
        Media = FalLedgerText.ReadMedia(row.GetString(17)),
        WireBody = row.TextOrNull(18),
        Token = row.TextOrNull(19) is { } token ? FalJobToken.Parse(token) : null,
        FormerRequestIds = FalLedgerText.ReadFiles(row.GetString(20)),
        Result = row.TextOrNull(21),
        Files = FalLedgerText.ReadFiles(row.GetString(22)),
        ErrorKind = row.TextOrNull(23),
        Reason = row.TextOrNull(24),
        Estimate = row.IsDBNull(25) ? null : row.GetDecimal(25),
        Cost = row.GetDecimal(26),
        IsCostEstimated = row.GetBoolean(27),
        Committed = row.GetDecimal(28),
        IntentAt = row.TimeOrNull(29),
        SubmittedAt = row.TimeOrNull(30),
        FinishedAt = row.TimeOrNull(31),
        EndedAt = row.TimeOrNull(32),
    };

    public static void WriteEntry(NpgsqlParameterCollection parameters, FalLedgerEntry before, FalLedgerEntry after) => parameters
        .Text("id", before.Id)
        .Number("fence", before.Fence)
        .Text("state", FalLedgerText.ToWord(after.State))
        .Number("attempts", after.Attempts)
        .Number("retries", after.Retries)
        .Time("due_at", after.DueAt)
        .Text("lease_owner", after.LeaseOwner)
        .Time("lease_until", after.LeaseUntil)
        .Text("media", FalLedgerText.WriteMedia(after.Media))
        .Text("wire_body", after.WireBody)
        .Text("token", after.Token?.ToString())
        .Text("request_id", after.RequestId)
        .Text("former_request_ids", FalLedgerText.WriteFiles(after.FormerRequestIds))
        .Text("result", after.Result)
        .Text("files", FalLedgerText.WriteFiles(after.Files))
        .Text("error_kind", Storable(after.ErrorKind))
        .Text("reason", Storable(after.Reason))
        .Number("estimate", after.Estimate)
        .Number("cost", after.Cost)
        .Flag("is_cost_estimated", after.IsCostEstimated)
        .Number("committed", after.Committed)
        .Time("intent_at", after.IntentAt)
        .Time("submitted_at", after.SubmittedAt)
        .Time("finished_at", after.FinishedAt)
        .Time("ended_at", after.EndedAt);

    public static FalInboxWebhook ReadWebhook(NpgsqlDataReader row) => new()
    {
        RequestId = row.GetString(0),
        Route = row.GetString(1),
        Body = row.GetFieldValue<byte[]>(2),
        UserId = row.GetString(3),
        SentAt = row.Time(4),
        EndpointId = row.TextOrNull(5),
        LedgerId = row.TextOrNull(6),
        TraceParent = row.TextOrNull(7),
        Attempt = row.GetInt32(8),
    };

    public static NpgsqlParameterCollection Text(this NpgsqlParameterCollection parameters, string name, string? value)
        => parameters.With(name, NpgsqlDbType.Text, value);

    public static NpgsqlParameterCollection Texts(this NpgsqlParameterCollection parameters, string name, IEnumerable<string?>? values)
        => parameters.With(name, NpgsqlDbType.Array | NpgsqlDbType.Text, values?.ToArray());

    public static NpgsqlParameterCollection Time(this NpgsqlParameterCollection parameters, string name, DateTimeOffset? value)
        => parameters.With(name, NpgsqlDbType.TimestampTz, value?.ToUniversalTime());

    public static NpgsqlParameterCollection Number(this NpgsqlParameterCollection parameters, string name, int value)
        => parameters.With(name, NpgsqlDbType.Integer, value);

    public static NpgsqlParameterCollection Number(this NpgsqlParameterCollection parameters, string name, long? value)
        => parameters.With(name, NpgsqlDbType.Bigint, value);

    public static NpgsqlParameterCollection Number(this NpgsqlParameterCollection parameters, string name, decimal? value)
        => parameters.With(name, NpgsqlDbType.Numeric, value);

    public static NpgsqlParameterCollection Flag(this NpgsqlParameterCollection parameters, string name, bool value)
        => parameters.With(name, NpgsqlDbType.Boolean, value);

    public static NpgsqlParameterCollection Bytes(this NpgsqlParameterCollection parameters, string name, ReadOnlyMemory<byte> value)
        => parameters.With(name, NpgsqlDbType.Bytea, value);

    private static NpgsqlParameterCollection With(this NpgsqlParameterCollection parameters, string name, NpgsqlDbType type, object? value)
    {
        parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
        return parameters;
    }

    private static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(this NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    private static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    /// <summary>
    /// Words of a server or a system that PostgreSQL would refuse, with U+0000 and lone surrogates replaced: a change must not fail for its reason.
    /// </summary>
    private static string? Storable(string? words)
        => words is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(words)).Replace('\0', '\uFFFD');
}
