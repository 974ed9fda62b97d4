using Npgsql;

namespace Fal.Jobs;

public sealed partial class FalPostgreSqlLedger
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryAddAsync(FalInboxWebhook webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var isNew = await WriteAsync(
            async connection =>
            {
                await using var add = Command(connection, LedgerSql.AddWebhook);
                add.Parameters
                    .Text("request_id", webhook.RequestId)
                    .Text("route", webhook.Route)
                    .Bytes("body", webhook.Body)
                    .Text("user_id", webhook.UserId)
                    .Time("sent_at", webhook.SentAt)
                    .Text("endpoint_id", webhook.EndpointId)
                    .Text("ledger_id", webhook.LedgerId)
                    .Text("trace_parent", webhook.TraceParent)
                    .Time("now", Now);
                if (await add.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0) return false;
                await using var notify = Command(connection, LedgerSql.Notify);
                await notify.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (isNew) Announce();
        return isNew;
    }

    /// <inheritdoc/>
    public ValueTask<FalInboxWebhook?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken = default)
        => WriteAsync(
            async connection =>
            {
                var now = Now;
                await using var take = Command(connection, LedgerSql.TakeWebhook);
                take.Parameters.Time("now", now).Time("until", now + lease);
                return (await ListAsync(take, LedgerRows.ReadWebhook, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask CompleteAsync(string requestId, CancellationToken cancellationToken = default)
        => ChangeWebhookAsync(LedgerSql.CompleteWebhook, "now", requestId, Now, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string requestId, TimeSpan delay, CancellationToken cancellationToken = default)
        => ChangeWebhookAsync(LedgerSql.ReleaseWebhook, "until", requestId, Now + delay, cancellationToken);

    private async ValueTask ChangeWebhookAsync(
        string sql, string parameter, string requestId, DateTimeOffset time, CancellationToken cancellationToken)
        => await WriteAsync(
            async connection =>
            {
                await using var change = Command(connection, sql);
                change.Parameters.Text("request_id", requestId).Time(parameter, time);
                return await change.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
}
