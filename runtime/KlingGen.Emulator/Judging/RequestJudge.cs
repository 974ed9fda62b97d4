using System.Numerics;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace Fal.Emulation;

/// <summary>
/// What an endpoint's document says about a request, as NJsonSchema reads it. Nothing of the generator's reading is used: a request that our validators
/// pass and this refuses is a fault that a test can find.
/// </summary>
internal sealed class RequestJudge
{
    private readonly JsonSchema? _schema;

    public RequestJudge(ServedDocument document)
    {
        if (document.Input is not { } input) return;
        var all = new JudgeSchema((JObject)Parse(document.Root.ToJsonString()));
        _schema = JsonSchema.FromJsonAsync(all.Whole(Parse(input.ToJsonString())).ToString(Formatting.None)).GetAwaiter().GetResult();
    }

    /// <summary>The details of fal's 422, one for each thing that is wrong; empty if nothing is.</summary>
    public IReadOnlyList<JsonObject> Judge(string body)
    {
        if (_schema is null) return [];
        var instance = Parse(body);
        return [.. _schema.Validate(Bounded(instance)).SelectMany(error => ErrorDetails.Of(error, instance))];
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

    // Newtonsoft turns what looks like a date into one unless it is told not to.
    private static JToken Parse(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };
        return JToken.Load(reader);
    }
}
