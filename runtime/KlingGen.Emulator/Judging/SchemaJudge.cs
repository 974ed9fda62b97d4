using System.Numerics;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Fal.Emulation;

/// <summary>What one schema of a document says about instances, as NJsonSchema reads it. Where there is no schema, nothing is wrong.</summary>
internal sealed class SchemaJudge(JsonObject root, JsonNode? schema)
{
    private readonly Lazy<JsonSchema?> _schema = new(() => schema is null ? null : Read(root, schema));

    public IEnumerable<ValidationError> Judge(JToken instance) => _schema.Value?.Validate(Bounded(instance)) ?? [];

    /// <summary>JSON with its texts as they are: Newtonsoft turns what looks like a date into one unless it is told not to.</summary>
    public static JToken Parse(string json)
    {
        using var text = new StringReader(json);
        using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };
        return JToken.Load(reader);
    }

    private static JsonSchema Read(JsonObject root, JsonNode schema)
    {
        var all = new JudgeSchema((JObject)Parse(root.ToJsonString()));
        return SchemaReading.Read(all.Whole(Parse(schema.ToJsonString())).ToString(Formatting.None));
    }

    // NJsonSchema compares numbers as decimals and fails on those that are none. No document has a limit out there.
    private static JToken Bounded(JToken instance)
    {
        const double Far = 1e28;
        var copy = instance.DeepClone();
        foreach (var number in (copy as JContainer)?.DescendantsAndSelf().OfType<JValue>() ?? [])
        {
            if (number.Value is BigInteger big) number.Value = big.Sign > 0 ? long.MaxValue : long.MinValue;
            else if (number.Value is double real && Math.Abs(real) > Far) number.Value = real > 0 ? Far : -Far;
        }
        return copy;
    }
}
