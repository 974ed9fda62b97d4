using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Fal;

/// <summary>The lifetime of a file in fal's storage, and its access rules.</summary>
public sealed record FalLifecycle
{
    /// <summary>The file's lifetime, one second or more; null means the lifetime in the account's settings.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>The access rules; null makes the file public to everyone with its URL, unless the account's settings differ.</summary>
    public FalAccess? Access { get; init; }

    /// <summary>Returns the JSON for fal's lifecycle headers.</summary>
    internal string ToHeader()
    {
        if (ExpiresAfter is { } lifetime && (lifetime < TimeSpan.FromSeconds(1) || lifetime > TimeSpan.FromDays(36_500)))
        {
            throw new ArgumentException(
                "FalLifecycle.ExpiresAfter must be between 1 second and 100 years; null keeps the file for as long as the account's settings say.");
        }
        var buffer = new ArrayBufferWriter<byte>(128);
        // The writer's default escaping produces ASCII only, as a header needs.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (ExpiresAfter is { } time) json.WriteNumber("expiration_duration_seconds"u8, (long)Math.Ceiling(time.TotalSeconds));
            if (Access is { } access)
            {
                json.WritePropertyName("initial_acl"u8);
                access.Write(json);
            }
            json.WriteEndObject();
        }
        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }
}

/// <summary>The access rules of a file.</summary>
public sealed record FalAccess
{
    /// <summary>The decision for every user without a rule.</summary>
    public required FalAccessDecision Default { get; init; }

    /// <summary>The rules for single users.</summary>
    public IReadOnlyList<FalAccessRule> Rules { get; init; } = [];

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("default"u8, Word(Default));
        if (Rules.Count > 0)
        {
            json.WriteStartArray("rules"u8);
            foreach (var rule in Rules)
            {
                json.WriteStartObject();
                json.WriteString("user"u8, rule.User);
                json.WriteString("decision"u8, Word(rule.Decision));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Word(FalAccessDecision decision) => decision switch
    {
        FalAccessDecision.Allow => "allow"u8,
        FalAccessDecision.Forbid => "forbid"u8,
        FalAccessDecision.Hide => "hide"u8,
        _ => throw new ArgumentException($"FalAccessDecision has no value {(int)decision}."),
    };
}

/// <summary>The access rule for one user.</summary>
/// <param name="User">fal's name for the user.</param>
/// <param name="Decision">The decision for the user.</param>
public sealed record FalAccessRule(string User, FalAccessDecision Decision);

/// <summary>The decision whether a file may be read.</summary>
public enum FalAccessDecision
{
    /// <summary>The file may be read.</summary>
    Allow,

    /// <summary>The file may not be read, and fal answers that access is forbidden.</summary>
    Forbid,

    /// <summary>The file may not be read, and fal answers as if the file did not exist.</summary>
    Hide,
}
