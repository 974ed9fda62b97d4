using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fal.Wire;

namespace Fal;

/// <summary>A request or result of an endpoint without a spec: plain JSON.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalObjectConverter<FalRawResult>))]
public sealed record FalRawResult : IFalObject<FalRawResult>
{
    /// <summary>The JSON. If it was never set, an empty object is sent.</summary>
    public JsonElement Json { get; init; }

    /// <summary>The metadata of the call that returned this result; null if no call returned it.</summary>
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

    /// <summary>Whether <paramref name="other"/> has equal JSON.</summary>
    public bool Equals(FalRawResult? other) => FalValue.Equals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => FalValue.GetHashCode(this);

    /// <summary>The JSON, with long strings shortened.</summary>
    public override string ToString() => FalValue.ToString(this);
}
