using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal.Jobs;

/// <summary>How ledgers write states and lists into columns. The words are the same in every ledger, so that one query fits all.</summary>
public static class FalLedgerText
{
    /// <summary>The column value of a state, such as <c>submitted</c>.</summary>
    /// <param name="state">The state.</param>
    public static string ToWord(FalLedgerState state) => state switch
    {
        FalLedgerState.Queued => "queued",
        FalLedgerState.Uploading => "uploading",
        FalLedgerState.Submitting => "submitting",
        FalLedgerState.Submitted => "submitted",
        FalLedgerState.Finished => "finished",
        FalLedgerState.Saved => "saved",
        FalLedgerState.Failed => "failed",
        FalLedgerState.Cancelled => "cancelled",
        FalLedgerState.Unknown => "unknown",
        FalLedgerState.Paused => "paused",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "FalLedgerState has no such value."),
    };

    /// <summary>Parses the column value of a state.</summary>
    /// <param name="word">The value.</param>
    /// <exception cref="FormatException">There is no such state.</exception>
    public static FalLedgerState ParseState(string word) => Parse<FalLedgerState>(word, ToWord);

    /// <summary>The column value of a batch's state, such as <c>running</c>.</summary>
    /// <param name="state">The state.</param>
    public static string ToWord(FalBatchState state) => state switch
    {
        FalBatchState.Running => "running",
        FalBatchState.Paused => "paused",
        FalBatchState.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "FalBatchState has no such value."),
    };

    /// <summary>Parses the column value of a batch's state.</summary>
    /// <param name="word">The value.</param>
    /// <exception cref="FormatException">There is no such state.</exception>
    public static FalBatchState ParseBatchState(string word) => Parse<FalBatchState>(word, ToWord);

    /// <summary>The column value of a pause, such as <c>account_locked</c>.</summary>
    /// <param name="kind">Why a batch is paused.</param>
    public static string ToWord(FalPauseKind kind) => kind switch
    {
        FalPauseKind.Person => "person",
        FalPauseKind.AccountLocked => "account_locked",
        FalPauseKind.WrongKey => "wrong_key",
        FalPauseKind.UnknownPrice => "unknown_price",
        FalPauseKind.Budget => "budget",
        FalPauseKind.DiskFull => "disk_full",
        FalPauseKind.ConsecutiveFailures => "consecutive_failures",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "FalPauseKind has no such value."),
    };

    /// <summary>Parses the column value of a pause.</summary>
    /// <param name="word">The value.</param>
    /// <exception cref="FormatException">There is no such kind.</exception>
    public static FalPauseKind ParsePauseKind(string word) => Parse<FalPauseKind>(word, ToWord);

    /// <summary>The media references as JSON.</summary>
    /// <param name="media">The references.</param>
    public static string WriteMedia(IReadOnlyList<FalMediaReference> media)
        => JsonSerializer.Serialize(media, LedgerJson.Default.IReadOnlyListFalMediaReference);

    /// <summary>The media references of a JSON text.</summary>
    /// <param name="json">What <see cref="WriteMedia"/> returned.</param>
    public static IReadOnlyList<FalMediaReference> ReadMedia(string json)
        => JsonSerializer.Deserialize(json, LedgerJson.Default.IReadOnlyListFalMediaReference) ?? [];

    /// <summary>The paths of files as JSON.</summary>
    /// <param name="files">The paths.</param>
    public static string WriteFiles(IReadOnlyList<string> files) => JsonSerializer.Serialize(files, LedgerJson.Default.IReadOnlyListString);

    /// <summary>The paths of a JSON text.</summary>
    /// <param name="json">What <see cref="WriteFiles"/> returned.</param>
    public static IReadOnlyList<string> ReadFiles(string json) => JsonSerializer.Deserialize(json, LedgerJson.Default.IReadOnlyListString) ?? [];

    /// <summary>A policy as JSON.</summary>
    /// <param name="policy">The policy.</param>
    public static string WritePolicy(FalJobPolicy policy) => JsonSerializer.Serialize(policy, LedgerJson.Default.FalJobPolicy);

    /// <summary>The policy of a JSON text.</summary>
    /// <param name="json">What <see cref="WritePolicy"/> returned.</param>
    public static FalJobPolicy ReadPolicy(string json) => JsonSerializer.Deserialize(json, LedgerJson.Default.FalJobPolicy) ?? new();

    /// <summary>A cost in millionths, for columns that hold integers. More decimals are rounded up.</summary>
    /// <param name="cost">The cost.</param>
    public static long ToMillionths(decimal cost) => (long)decimal.Ceiling(cost * 1_000_000m);

    /// <summary>A cost of millionths.</summary>
    /// <param name="millionths">What <see cref="ToMillionths"/> returned.</param>
    public static decimal FromMillionths(long millionths) => millionths / 1_000_000m;

    private static T Parse<T>(string word, Func<T, string> toWord)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (toWord(value) == word) return value;
        throw new FormatException($"'{word}' is no {typeof(T).Name}. The ledger may be written by a newer version of KlingGen.");
    }
}

/// <summary>The JSON of columns.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<FalMediaReference>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(FalJobPolicy))]
internal sealed partial class LedgerJson : JsonSerializerContext;
