using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;

namespace KlingGen.WebhookCrashSample;

/// <summary>
/// An inbox in an append-only file of JSON lines, for one process at a time: each line is on the disk before the call returns. Leases are kept in
/// memory, because they end with the process.
/// </summary>
public sealed class FileInbox : IFalWebhookInbox, IDisposable
{
    private readonly object _lock = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly List<Entry> _entries = [];

    public FileInbox(string path, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : []) Apply(line);
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    public void Dispose() => _file.Dispose();

    public ValueTask<bool> TryAddAsync(FalInboxWebhook webhook, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Find(webhook.RequestId) is not null) return new(false);
            _entries.Add(new Entry(webhook));
            Append(new JsonObject
            {
                ["add"] = webhook.RequestId,
                ["route"] = webhook.Route,
                ["body"] = Convert.ToBase64String(webhook.Body.Span),
                ["user"] = webhook.UserId,
                ["sent"] = webhook.SentAt,
                ["endpoint"] = webhook.EndpointId,
                ["ledger"] = webhook.LedgerId,
                ["trace"] = webhook.TraceParent,
            });
            return new(true);
        }
    }

    public ValueTask<FalInboxWebhook?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (_entries.Find(entry => !entry.IsDone && entry.FreeAt <= now) is not { } next) return new((FalInboxWebhook?)null);
            next.FreeAt = now + lease;
            return new(next.Webhook with { Attempt = ++next.Attempts });
        }
    }

    public ValueTask CompleteAsync(string requestId, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Find(requestId) is { } entry) entry.IsDone = true;
            Append(new JsonObject { ["done"] = requestId });
        }
        return default;
    }

    public ValueTask ReleaseAsync(string requestId, TimeSpan delay, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Find(requestId) is { } entry) entry.FreeAt = _time.GetUtcNow() + delay;
        }
        return default;
    }

    private Entry? Find(string requestId) => _entries.Find(entry => entry.Webhook.RequestId == requestId);

    private void Append(JsonObject line)
    {
        _file.Write(JsonSerializer.SerializeToUtf8Bytes(line));
        _file.WriteByte((byte)'\n');
        _file.Flush(flushToDisk: true);
    }

    private void Apply(string line)
    {
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            // The last line was cut short by a crash, so its call never returned.
            return;
        }
        if ((string?)json!["done"] is { } done && Find(done) is { } entry) entry.IsDone = true;
        if ((string?)json["add"] is not { } requestId) return;
        _entries.Add(new Entry(new FalInboxWebhook
        {
            RequestId = requestId,
            Route = (string)json["route"]!,
            Body = Convert.FromBase64String((string)json["body"]!),
            UserId = (string)json["user"]!,
            SentAt = (DateTimeOffset)json["sent"]!,
            EndpointId = (string?)json["endpoint"],
            LedgerId = (string?)json["ledger"],
            TraceParent = (string?)json["trace"],
        }));
    }

    private sealed class Entry(FalInboxWebhook webhook)
    {
        public FalInboxWebhook Webhook { get; } = webhook;

        public DateTimeOffset FreeAt { get; set; }

        public int Attempts { get; set; }

        public bool IsDone { get; set; }
    }
}
