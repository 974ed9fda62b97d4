using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fal.Jobs;

/// <summary>A job to add to a ledger.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalNewEntry
{
    private const int LongestKey = 512;

    /// <summary>Creates an entry.</summary>
    /// <param name="batch">The name of a batch that the ledger has.</param>
    /// <param name="key">The caller's key, unique within the batch: 1 to 512 characters.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="input">The input: a JSON object.</param>
    /// <param name="media">The local media of the input.</param>
    /// <param name="output">Where the files go, relative to the folder of the results.</param>
    /// <exception cref="ArgumentException">The key is empty or too long, the endpoint id is malformed, or the input is no JSON object.</exception>
    public FalNewEntry(
        string batch, string key, string endpointId, JsonElement input, IReadOnlyList<FalMediaReference>? media = null, string? output = null)
        : this(batch, key, endpointId, input, input, media, output)
    {
    }

    /// <summary>Creates an entry whose body is the same as another one if <paramref name="identity"/> is the same.</summary>
    internal FalNewEntry(
        string batch, string key, string endpointId, JsonElement input, JsonElement identity, IReadOnlyList<FalMediaReference>? media, string? output)
    {
        ArgumentException.ThrowIfNullOrEmpty(batch);
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Length > LongestKey) throw new ArgumentException("A key has at most 512 characters.", nameof(key));
        if (input.ValueKind != JsonValueKind.Object) throw new ArgumentException("The input must be a JSON object.", nameof(input));
        (Batch, Key, Media, Output) = (batch, key, media ?? [], output);
        EndpointId = FalEndpointId.Parse(endpointId).ToString();
        Id = GetId(batch, key);
        Input = WriteText(input);
        InputHash = HashOf(EndpointId, identity, Media, output);
        TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace } ? trace : null;
    }

    /// <summary>The id of the entry.</summary>
    public string Id { get; }

    /// <summary>The name of the batch.</summary>
    public string Batch { get; }

    /// <summary>The caller's key.</summary>
    public string Key { get; }

    /// <summary>The endpoint.</summary>
    public string EndpointId { get; }

    /// <summary>The input as JSON.</summary>
    public string Input { get; }

    /// <summary>The SHA-256 over endpoint, canonical input, media (pointer, length and hash) and output, in hexadecimal.</summary>
    public string InputHash { get; }

    /// <summary>The local media.</summary>
    public IReadOnlyList<FalMediaReference> Media { get; }

    /// <summary>Where the files go.</summary>
    public string? Output { get; }

    /// <summary>The trace context of the caller.</summary>
    public string? TraceParent { get; }

    /// <summary>The id of the entry with a key in a batch: the first 16 bytes of a SHA-256, in hexadecimal.</summary>
    /// <param name="batch">The name of the batch.</param>
    /// <param name="key">The caller's key.</param>
    public static string GetId(string batch, string key)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(key);
        // The length first, so that no two pairs have one text.
        var text = FormattableString.Invariant($"{batch.Length}:{batch}\n{key}");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToLowerInvariant();
    }

    /// <summary>The entry as a ledger stores it first: queued, due now, fence 0.</summary>
    /// <param name="now">The ledger's clock.</param>
    /// <param name="sequence">The position in the ledger.</param>
    public FalLedgerEntry ToEntry(DateTimeOffset now, long sequence = 0) => new()
    {
        Id = Id,
        Batch = Batch,
        Key = Key,
        EndpointId = EndpointId,
        Input = Input,
        InputHash = InputHash,
        Media = Media,
        Output = Output,
        TraceParent = TraceParent,
        Sequence = sequence,
        AddedAt = now,
        DueAt = now,
    };

    /// <summary>The key and the endpoint; nothing of the input.</summary>
    public override string ToString() => $"{Batch}/{Key} {EndpointId}";

    private static string WriteText(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) json.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string HashOf(string endpointId, JsonElement input, IReadOnlyList<FalMediaReference> media, string? output)
    {
        var text = new StringBuilder(endpointId).Append('\n').Append(CanonicalJson.Hash(input));
        foreach (var file in media.OrderBy(file => file.JsonPointer, StringComparer.Ordinal))
            text.Append(FormattableString.Invariant($"\n{file.JsonPointer.Length}:{file.JsonPointer} {file.Length} {file.Sha256}"));
        if (output is not null) text.Append("\nout ").Append(output);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))).ToLowerInvariant();
    }
}
