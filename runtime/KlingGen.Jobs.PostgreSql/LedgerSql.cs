namespace Fal.Jobs;

/// <summary>
/// All SQL of the ledger. <c>fal_jobs</c> is the name of the schema and of the notification channel; <see cref="In"/> replaces it by another one.
/// Locks are taken in the order ledger, batch, entry. Times come from the ledger's clock, never from the database's.
/// </summary>
internal static class LedgerSql
{
    public const string DefaultSchema = "fal_jobs";

    /// <summary>Version 1 of the schema.</summary>
    public const string Version1 =
        """
        -- One row: which version the schema has, and which is the oldest version of the program that still works on it.
        create table fal_jobs.ledger (
            is_only_row boolean primary key default true check (is_only_row),
            version integer not null,
            oldest_program integer not null
        );

        create table fal_jobs.batch (
            name text collate "C" primary key,
            policy text not null,
            state text not null,
            pause_kind text,
            reason text,
            committed numeric not null default 0,
            consecutive_failures integer not null default 0,
            added_at timestamptz not null
        );

        create sequence fal_jobs.entry_sequence;

        -- JSON is text, not jsonb: the bytes of a body are sent as they were stored.
        create table fal_jobs.entry (
            id text primary key,
            batch text collate "C" not null references fal_jobs.batch (name),
            key text not null,
            endpoint_id text not null,
            input text not null,
            input_hash text not null,
            output text,
            trace_parent text,
            sequence bigint not null,
            added_at timestamptz not null,
            state text not null default 'queued',
            fence bigint not null default 0,
            attempts integer not null default 0,
            retries integer not null default 0,
            due_at timestamptz not null,
            lease_owner text,
            lease_until timestamptz,
            media text not null default '[]',
            wire_body text,
            token text,
            request_id text,
            former_request_ids text not null default '[]',
            result text,
            files text not null default '[]',
            error_kind text,
            reason text,
            estimate numeric,
            cost numeric not null default 0,
            is_cost_estimated boolean not null default false,
            committed numeric not null default 0,
            intent_at timestamptz,
            submitted_at timestamptz,
            finished_at timestamptz,
            ended_at timestamptz
        );
        create unique index entry_sequence_order on fal_jobs.entry (sequence);
        create index entry_batch_state on fal_jobs.entry (batch, state);
        -- One index per kind of claim, and one for the window.
        create index entry_new on fal_jobs.entry (due_at, sequence) where state in ('queued', 'uploading');
        create index entry_started on fal_jobs.entry (due_at, sequence) where state in ('submitting', 'submitted', 'finished', 'unknown');
        create index entry_in_flight on fal_jobs.entry (id) where state in ('submitting', 'submitted');

        -- Every request id that an entry has or had: no two entries share one.
        create table fal_jobs.request (
            request_id text primary key,
            entry_id text not null references fal_jobs.entry (id) on delete cascade
        );
        create index request_entry on fal_jobs.request (entry_id);

        create table fal_jobs.webhook (
            request_id text primary key,
            sequence bigint not null generated always as identity,
            route text not null,
            body bytea not null,
            user_id text not null,
            sent_at timestamptz not null,
            endpoint_id text,
            ledger_id text,
            trace_parent text,
            attempt integer not null default 0,
            free_at timestamptz not null,
            handled_at timestamptz
        );
        create index webhook_open on fal_jobs.webhook (sequence) where handled_at is null;
        """;

    // ---- Schema

    public const string CreateSchema = "create schema if not exists fal_jobs";

    /// <summary>
    /// From the catalog's tables: a name that a session resolved in vain is cached within a transaction, and would hide a new table.
    /// </summary>
    public const string FindSchema =
        """
        select exists (select 1 from pg_catalog.pg_namespace where nspname = 'fal_jobs'),
            exists (
                select 1 from pg_catalog.pg_class join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
                where nspname = 'fal_jobs' and relname = 'ledger'
            )
        """;

    public const string ReadVersion = "select version, oldest_program from fal_jobs.ledger";
    public const string LockMigration = "select pg_advisory_xact_lock(hashtextextended('KlingGen.Jobs fal_jobs', 0))";

    public const string WriteVersion =
        """
        insert into fal_jobs.ledger (version, oldest_program) values (@version, @oldest_program)
        on conflict (is_only_row) do update set version = excluded.version, oldest_program = excluded.oldest_program
        """;

    // ---- Notifications

    public const string Listen = "listen fal_jobs";
    public const string Notify = "select pg_notify('fal_jobs', '')";

    // ---- Batches

    public const string BatchColumns = "name, policy, state, pause_kind, reason, committed, consecutive_failures, added_at";

    public const string AddBatch =
        "insert into fal_jobs.batch (name, policy, state, added_at) values (@name, @policy, 'running', @now) on conflict (name) do nothing";

    public const string FindBatch = $"select {BatchColumns} from fal_jobs.batch where name = @name";
    public const string LockBatch = $"{FindBatch} for no key update";
    public const string ListBatches = $"select {BatchColumns} from fal_jobs.batch order by name";
    public const string FindBatchNames = "select name from fal_jobs.batch where name = any(@names)";

    public const string UpdateBatch =
        """
        update fal_jobs.batch
        set policy = @policy, state = @state, pause_kind = @pause_kind, reason = @reason, committed = @committed,
            consecutive_failures = @consecutive_failures
        where name = @name
        """;

    public const string CancelUnsent =
        """
        update fal_jobs.entry
        set state = 'cancelled', reason = @reason, ended_at = @now, lease_owner = null, lease_until = null, fence = fence + 1
        where batch = @name and state in ('queued', 'uploading', 'paused')
        """;

    // ---- Entries

    public const string EntryColumns =
        """
        id, batch, key, endpoint_id, input, input_hash, output, trace_parent, sequence, added_at, state, fence, attempts, retries, due_at,
        lease_owner, lease_until, media, wire_body, token, former_request_ids, result, files, error_kind, reason, estimate, cost,
        is_cost_estimated, committed, intent_at, submitted_at, finished_at, ended_at
        """;

    /// <summary>Sequences follow the order of the caller, inserts the order of ids, so that concurrent calls cannot deadlock.</summary>
    public const string AddEntries =
        """
        with given as materialized (
            select nextval('fal_jobs.entry_sequence') as sequence, listed.*
            from (
                select * from unnest(@ids, @batches, @keys, @endpoint_ids, @inputs, @input_hashes, @outputs, @trace_parents, @media) with ordinality
                    as list (id, batch, key, endpoint_id, input, input_hash, output, trace_parent, media, position)
                order by position
            ) as listed
        )
        insert into fal_jobs.entry
            (id, batch, key, endpoint_id, input, input_hash, output, trace_parent, media, sequence, added_at, due_at)
        select id, batch, key, endpoint_id, input, input_hash, output, trace_parent, media, sequence, @now, @now from given order by id
        on conflict (id) do nothing
        """;

    public const string FindKeyConflict =
        """
        select entry.batch, entry.key
        from unnest(@ids, @input_hashes) as given (id, input_hash) join fal_jobs.entry using (id)
        where entry.input_hash <> given.input_hash
        limit 1
        """;

    /// <summary>What precedes a claim: the version, so that a program that has become too old stops, and the batches that run.</summary>
    public const string PrepareClaim =
        """
        select oldest_program, array(select name from fal_jobs.batch where state = 'running' and (@batch::text is null or name = @batch))
        from fal_jobs.ledger
        """;

    /// <summary>
    /// The states stand in the statement, because the planner must see that the partial index holds them. The selection is materialized, so that it
    /// runs once and locks no more than the limit. The running batches are
    /// a list, whose selectivity the planner knows, so that it scans in the order of the index and stops at the limit.
    /// </summary>
    public const string ClaimNew =
        $"""
        with due as materialized (
            select id from fal_jobs.entry
            where state in ('queued', 'uploading') and due_at <= @now and (lease_until is null or lease_until <= @now)
                and batch = any(@running)
            order by due_at, sequence limit @limit
            for update skip locked
        ), {Lease}
        """;

    public const string ClaimStarted =
        $"""
        with due as materialized (
            select id from fal_jobs.entry
            where state in ('submitting', 'submitted', 'finished', 'unknown') and due_at <= @now and (lease_until is null or lease_until <= @now)
                and (@batch::text is null or batch = @batch)
            order by due_at, sequence limit @limit
            for update skip locked
        ), {Lease}
        """;

    private const string Lease =
        $"""
        claimed as (
            update fal_jobs.entry set lease_owner = @owner, lease_until = @until, fence = fence + 1
            where id in (select id from due)
            returning {EntryColumns}
        )
        select * from claimed order by due_at, sequence
        """;

    /// <summary>
    /// An intent that a crash of the server takes back is a job that is paid twice, so its commit waits for the disk even where the database's
    /// settings disable that for commits.
    /// </summary>
    public const string CommitDurably =
        "select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'";

    /// <summary>One intent at a time over the whole ledger, so that the count of the window is exact.</summary>
    public const string LockLedger = "select version from fal_jobs.ledger for no key update";

    public const string LockEntry = "select fence from fal_jobs.entry where id = @id for no key update";
    public const string CountInFlight = "select count(*)::integer from fal_jobs.entry where state in ('submitting', 'submitted')";

    public const string UpdateEntry =
        """
        update fal_jobs.entry
        set fence = fence + 1, state = @state, attempts = @attempts, retries = @retries, due_at = @due_at, lease_owner = @lease_owner,
            lease_until = @lease_until, media = @media, wire_body = @wire_body, token = @token, request_id = @request_id,
            former_request_ids = @former_request_ids, result = @result, files = @files, error_kind = @error_kind, reason = @reason,
            estimate = @estimate, cost = @cost, is_cost_estimated = @is_cost_estimated, committed = @committed, intent_at = @intent_at,
            submitted_at = @submitted_at, finished_at = @finished_at, ended_at = @ended_at
        where id = @id and fence = @fence
        """;

    /// <summary>Follows the update. It fails where another entry has or had the request id, and does nothing where the update did nothing.</summary>
    public const string AddRequest =
        """
        insert into fal_jobs.request (request_id, entry_id)
        select @request_id, id from fal_jobs.entry
        where id = @id and fence = @fence + 1 and request_id = @request_id
            and not exists (select 1 from fal_jobs.request where request.request_id = @request_id and request.entry_id = @id)
        """;

    public const string FindEntry = $"select {EntryColumns} from fal_jobs.entry where id = @id";

    public const string FindEntryByRequestId =
        $"select {EntryColumns} from fal_jobs.entry where id = (select entry_id from fal_jobs.request where request_id = @request_id)";

    public const string ListEntries =
        $"""
        select {EntryColumns} from fal_jobs.entry
        where (@batch::text is null or batch = @batch) and (@states::text[] is null or state = any(@states))
            and (@after::bigint is null or sequence > @after) and (not @is_leased or lease_owner is not null)
        order by sequence limit @limit
        """;

    public const string CountEntries =
        "select state, count(*)::integer, sum(cost) from fal_jobs.entry where @batch::text is null or batch = @batch group by state";

    public const string Purge =
        "delete from fal_jobs.entry where batch = @batch and state in ('saved', 'failed', 'cancelled') and ended_at < @before";

    // ---- Webhooks

    public const string WebhookColumns = "request_id, route, body, user_id, sent_at, endpoint_id, ledger_id, trace_parent, attempt";

    public const string AddWebhook =
        """
        insert into fal_jobs.webhook (request_id, route, body, user_id, sent_at, endpoint_id, ledger_id, trace_parent, free_at)
        values (@request_id, @route, @body, @user_id, @sent_at, @endpoint_id, @ledger_id, @trace_parent, @now)
        on conflict (request_id) do nothing
        """;

    public const string TakeWebhook =
        $"""
        update fal_jobs.webhook set attempt = attempt + 1, free_at = @until
        where request_id = (
            select request_id from fal_jobs.webhook where handled_at is null and free_at <= @now
            order by sequence limit 1
            for update skip locked
        )
        returning {WebhookColumns}
        """;

    public const string CompleteWebhook = "update fal_jobs.webhook set handled_at = @now, body = '' where request_id = @request_id";

    public const string ReleaseWebhook =
        "update fal_jobs.webhook set free_at = @until where request_id = @request_id and handled_at is null";

    public const string PurgeWebhooks = "delete from fal_jobs.webhook where handled_at < @before";

    /// <summary>A statement for a schema of another name.</summary>
    public static string In(string schema, string sql)
        => schema == DefaultSchema ? sql : sql.Replace(DefaultSchema, schema, StringComparison.Ordinal);
}
