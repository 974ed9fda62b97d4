using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Fal;

/// <summary>For how long fal keeps a file, and who may read it.</summary>
public sealed record FalLifecycle
{
    /// <summary>The file's lifetime, one second or more; null keeps it for as long as the account's settings say.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>Who may read the file; null makes it public to everyone who has its URL, unless the account's settings differ.</summary>
    public FalAccess? Access { get; init; }

    /// <summary>The JSON that fal's lifecycle headers carry.</summary>
    internal string ToHeader()
    {
        if (ExpiresAfter is { } lifetime && (lifetime < TimeSpan.FromSeconds(1) || lifetime > TimeSpan.FromDays(36_500)))
        {
            throw new ArgumentException(
                "FalLifecycle.ExpiresAfter must be between 1 second and 100 years; null keeps the file for as long as the account's settings say.");
        }
        var buffer = new ArrayBufferWriter<byte>(128);
        // The writer's default escaping leaves ASCII only, as a header needs.
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

/// <summary>Who may read a file.</summary>
public sealed record FalAccess
{
    /// <summary>What holds for everybody whom no rule names.</summary>
    public required FalAccessDecision Default { get; init; }

    /// <summary>What holds for single users.</summary>
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

/// <summary>What holds for one user.</summary>
/// <param name="User">fal's name for the user.</param>
/// <param name="Decision">What the user may do.</param>
public sealed record FalAccessRule(string User, FalAccessDecision Decision);

/// <summary>Whether a file may be read.</summary>
public enum FalAccessDecision
{
    /// <summary>It may.</summary>
    Allow,

    /// <summary>Access is denied.</summary>
    Forbid,

    /// <summary>It may not, and fal answers as if it did not exist.</summary>
    Hide,
}
