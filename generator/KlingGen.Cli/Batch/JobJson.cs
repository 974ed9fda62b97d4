using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal.Jobs;

namespace KlingGen.Cli.Batch;

/// <summary>Batches and entries of a ledger as JSON, under the names of the ledger's columns.</summary>
internal static class JobJson
{
    /// <summary>A batch with its counts.</summary>
    public static JsonObject FromBatch(FalBatch batch, FalLedgerCounts counts) => new()
    {
        ["batch"] = batch.Name,
        ["state"] = FalLedgerText.ToWord(batch.State),
        ["pause_kind"] = batch.PauseKind is { } kind ? FalLedgerText.ToWord(kind) : null,
        ["reason"] = batch.Reason,
        ["budget"] = batch.Policy.Budget,
        ["window"] = batch.Policy.Window,
        ["added_at"] = Time(batch.AddedAt),
        ["counts"] = new JsonObject(Enum.GetValues<FalLedgerState>().Where(state => counts[state] > 0)
            .Select(state => KeyValuePair.Create(FalLedgerText.ToWord(state), (JsonNode?)counts[state]))),
        ["cost"] = counts.Cost,
    };

    /// <summary>An entry without its input and its body.</summary>
    public static JsonObject FromEntry(FalLedgerEntry entry) => new()
    {
        ["key"] = entry.Key,
        ["endpoint_id"] = entry.EndpointId,
        ["state"] = FalLedgerText.ToWord(entry.State),
        ["reason"] = entry.Reason,
        ["error_kind"] = entry.ErrorKind,
        ["request_id"] = entry.RequestId,
        ["attempts"] = entry.Attempts,
        ["estimate"] = entry.Estimate,
        ["cost"] = entry.Cost,
        ["is_cost_estimated"] = entry.IsCostEstimated,
        ["added_at"] = Time(entry.AddedAt),
        ["submitted_at"] = Time(entry.SubmittedAt),
        ["finished_at"] = Time(entry.FinishedAt),
        ["ended_at"] = Time(entry.EndedAt),
        ["files"] = new JsonArray([.. entry.Files.Select(file => (JsonNode)file)]),
        ["result"] = Json(entry.Result),
    };

    /// <summary>An entry with all that a person needs to decide about it.</summary>
    public static JsonObject Whole(FalLedgerEntry entry)
    {
        var json = FromEntry(entry);
        json["batch"] = entry.Batch;
        json["token"] = entry.Token?.ToString();
        json["intent_at"] = Time(entry.IntentAt);
        json["input"] = Json(entry.Input);
        json["media"] = JsonNode.Parse(FalLedgerText.WriteMedia(entry.Media));
        return json;
    }

    /// <summary>A moment in UTC, as the tool writes them.</summary>
    public static string? Time(DateTimeOffset? moment)
        => moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonNode? Json(string? text)
    {
        if (text is null) return null;
        using var json = JsonDocument.Parse(text);
        return JsonSerializer.SerializeToNode(json.RootElement);
    }
}
