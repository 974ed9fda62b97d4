using System.Text.Json.Serialization;

namespace Fal;

internal sealed record AccessJson
{
    [JsonRequired]
    public required string Default { get; init; }

    public IReadOnlyList<RuleJson?>? Rules { get; init; }

    public static AccessJson From(FalAccess access)
        => new() { Default = Word(access.Default), Rules = [.. access.Rules.Select(rule => new RuleJson(rule.User, Word(rule.Decision)))] };

    public FalAccess ToAccess()
        => new() { Default = Parse(Default), Rules = [.. (Rules ?? []).Select(ToRule)] };

    private static FalAccessRule ToRule(RuleJson? rule)
        => rule is { User: not null } ? new FalAccessRule(rule.User, Parse(rule.Decision))
            : throw new FalProtocolException("fal's platform API gave an access rule without a user.");

    private static string Word(FalAccessDecision decision) => decision switch
    {
        FalAccessDecision.Allow => "allow",
        FalAccessDecision.Forbid => "forbid",
        FalAccessDecision.Hide => "hide",
        _ => throw new ArgumentException($"FalAccessDecision has no value {(int)decision}."),
    };

    private static FalAccessDecision Parse(string word) => word switch
    {
        "allow" => FalAccessDecision.Allow,
        "forbid" => FalAccessDecision.Forbid,
        "hide" => FalAccessDecision.Hide,
        // The value is not in the message: nothing here removes the key from it.
        _ => throw new FalProtocolException("fal's platform API gave an access decision that is none of allow, forbid and hide."),
    };

    internal sealed record RuleJson([property: JsonRequired] string User, [property: JsonRequired] string Decision);
}

internal sealed record SignedUrlJson
{
    [JsonRequired]
    public required string SignedUrl { get; init; }
}

internal sealed record SettingsJson
{
    private const long LongestSeconds = long.MaxValue / TimeSpan.TicksPerSecond;

    public long? ExpirationDurationSeconds { get; init; }

    public AccessJson? InitialAcl { get; init; }

    public static SettingsJson From(FalStorageSettings settings) => new()
    {
        ExpirationDurationSeconds = settings.ExpiresAfter is { } time ? (long)Math.Ceiling(time.TotalSeconds) : null,
        InitialAcl = settings.Access is { } access ? AccessJson.From(access) : null,
    };

    public FalStorageSettings ToSettings() => new()
    {
        ExpiresAfter = ExpirationDurationSeconds is not { } seconds ? null
            : seconds is >= 0 and <= LongestSeconds ? TimeSpan.FromSeconds(seconds)
            : throw new FalProtocolException("fal's platform API gave an expiration that is no duration."),
        Access = InitialAcl?.ToAccess(),
    };
}
