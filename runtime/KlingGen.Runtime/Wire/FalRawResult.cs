using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fal.Wire;

namespace Fal;

/// <summary>Input or output without a known shape: plain JSON.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalObjectConverter<FalRawResult>))]
public sealed record FalRawResult : IFalObject<FalRawResult>
{
    /// <summary>The JSON. Where it was never set, an empty object is sent.</summary>
    public JsonElement Json { get; init; }

    /// <summary>The call that brought this, what it cost and how long it took; null where it was not brought by a call.</summary>
    public FalCallInfo? Call { get; init; }

    static FalRawResult IFalObject<FalRawResult>.Read(ref FalJsonReader json) => new() { Json = json.Any(), Call = json.Call };

    void IFalObject<FalRawResult>.Write(FalJsonWriter json)
    {
        if (Json.ValueKind != JsonValueKind.Undefined)
        {
            json.JsonValue(Json);
            return;
        }

        json.StartObject();
        json.EndObject();
    }

    void IFalObject<FalRawResult>.Check(FalChecks checks)
    {
        // Nothing is known about it, so nothing can be wrong.
    }

    /// <summary>Whether <paramref name="other"/> is the same JSON.</summary>
    public bool Equals(FalRawResult? other) => FalValue.Equals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => FalValue.GetHashCode(this);

    /// <summary>The JSON, with long texts shortened.</summary>
    public override string ToString() => FalValue.ToString(this);
}
