using Microsoft.Data.Sqlite;

namespace Fal.Jobs;

public sealed partial class FalSqliteLedger
{
    private const string Webhook = "request_id, route, body, user_id, sent_at, endpoint_id, ledger_id, trace_parent, attempt";

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(FalInboxWebhook webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return WriteAsync(() =>
        {
            using var command = Command(
                $"insert into klinggen_webhook ({Webhook}, free_at, is_handled) values ($id, $route, $body, $user, $sent, $endpoint, "
                + "$ledger, $trace, 0, $now, 0) on conflict (request_id) do nothing");
            EntryColumns.Add(command, "$id", webhook.RequestId);
            EntryColumns.Add(command, "$route", webhook.Route);
            EntryColumns.Add(command, "$body", webhook.Body.ToArray());
            EntryColumns.Add(command, "$user", webhook.UserId);
            EntryColumns.Add(command, "$sent", EntryColumns.ToNumber(webhook.SentAt));
            EntryColumns.Add(command, "$endpoint", webhook.EndpointId);
            EntryColumns.Add(command, "$ledger", webhook.LedgerId);
            EntryColumns.Add(command, "$trace", webhook.TraceParent);
            EntryColumns.Add(command, "$now", EntryColumns.ToNumber(_time.GetUtcNow()));
            return command.ExecuteNonQuery() == 1;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<FalInboxWebhook?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken = default) => WriteAsync(() =>
    {
        using var command = Command(
            "update klinggen_webhook set attempt = attempt + 1, free_at = $until where sequence = (select sequence from klinggen_webhook "
            + $"where is_handled = 0 and free_at <= $now order by sequence limit 1) returning {Webhook}");
        var now = _time.GetUtcNow();
        EntryColumns.Add(command, "$now", EntryColumns.ToNumber(now));
        EntryColumns.Add(command, "$until", EntryColumns.ToNumber(now + lease));
        return ReadAll(command, ReadWebhook).FirstOrDefault();
    }, cancellationToken, announces: false);

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(string requestId, CancellationToken cancellationToken = default)
    {
        // Of a handled webhook, free_at is the time at which it was handled.
        var handledAt = EntryColumns.ToNumber(_time.GetUtcNow());
        await RunAsync(
            "update klinggen_webhook set is_handled = 1, body = x'', free_at = $at where request_id = $id", requestId, handledAt, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(string requestId, TimeSpan delay, CancellationToken cancellationToken = default)
    {
        var freeAt = EntryColumns.ToNumber(_time.GetUtcNow() + delay);
        await RunAsync("update klinggen_webhook set free_at = $at where request_id = $id and is_handled = 0", requestId, freeAt, cancellationToken)
            .ConfigureAwait(false);
    }

    private static FalInboxWebhook ReadWebhook(SqliteDataReader row) => new()
    {
        RequestId = row.GetString(0),
        Route = row.GetString(1),
        Body = row.GetFieldValue<byte[]>(2),
        UserId = row.GetString(3),
        SentAt = EntryColumns.ToTime(row.GetInt64(4)),
        EndpointId = EntryColumns.Text(row, 5),
        LedgerId = EntryColumns.Text(row, 6),
        TraceParent = EntryColumns.Text(row, 7),
        Attempt = row.GetInt32(8),
    };

    private ValueTask<int> RunAsync(string sql, string requestId, long at, CancellationToken cancellationToken) => WriteAsync(() =>
    {
        using var command = Command(sql);
        EntryColumns.Add(command, "$id", requestId);
        EntryColumns.Add(command, "$at", at);
        return command.ExecuteNonQuery();
    }, cancellationToken);
}
