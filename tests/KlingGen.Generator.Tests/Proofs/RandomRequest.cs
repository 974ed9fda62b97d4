using Fal.Emulation;
using Newtonsoft.Json.Linq;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>
/// A random request of a document's input: values of the right JSON type at and just beyond the limits, properties that are missing, and words
/// that no enum has.
/// </summary>
internal sealed class RandomRequest(JObject document, Random random)
{
    public JToken Value(JObject schema, string name = "")
    {
        if ((string?)schema["$ref"] is { } reference)
            return Value((JObject)document["components"]!["schemas"]![JsonSchemaDocument.ComponentName(reference)!]!, name);
        if (schema["allOf"] is JArray { Count: 1 } all) return Value((JObject)all[0], name);
        if ((schema["anyOf"] ?? schema["oneOf"]) is JArray any && schema["properties"] is null)
            return Value((JObject)any.OrderBy(_ => random.Next()).First(branch => (string?)branch["type"] != "null"), name);
        if (schema["const"] is { } constant) return constant.DeepClone();
        if (schema["enum"] is JArray words) return Word(words);
        return (string?)schema["type"] switch
        {
            "string" => Text(schema, name),
            "integer" => Integer(schema),
            "number" => Number(schema),
            "boolean" => random.Next(2) == 0,
            "array" => new JArray(Enumerable.Range(0, Near((int?)schema["minItems"] ?? 1, (int?)schema["maxItems"] ?? 3))
                .Select(_ => Value((JObject)schema["items"]!, name))),
            _ => Object(schema),
        };
    }

    private JObject Object(JObject schema)
    {
        var required = schema["required"] is JArray names ? names.Select(item => (string)item!).ToHashSet() : [];
        var result = new JObject();
        foreach (var property in (schema["properties"] as JObject)?.Properties() ?? [])
        {
            var isGiven = required.Contains(property.Name) ? random.Next(20) > 0 : random.Next(3) == 0;
            if (isGiven) result.Add(property.Name, Value((JObject)property.Value, property.Name));
        }

        return result;
    }

    private JToken Word(JArray words)
        => random.Next(15) == 0 && words[0].Type == JTokenType.String ? "no such word" : words[random.Next(words.Count)].DeepClone();

    private JToken Text(JObject schema, string name)
    {
        if (name.Contains("url", StringComparison.Ordinal)) return "https://storage.example.com/a.png";
        return new string('a', Near((int?)schema["minLength"] ?? 1, Math.Min((int?)schema["maxLength"] ?? 20, 20_000)));
    }

    private JToken Integer(JObject schema)
    {
        var low = (long?)schema["minimum"] ?? (long?)schema["exclusiveMinimum"] ?? -3;
        var high = (long?)schema["maximum"] ?? (long?)schema["exclusiveMaximum"] ?? low + 50;
        return random.Next(8) switch { 0 => low - 1, 1 => high + 1, 2 => low, 3 => high, _ => random.NextInt64(low, Math.Max(high, low + 1)) };
    }

    private JToken Number(JObject schema)
    {
        var low = (double?)schema["minimum"] ?? (double?)schema["exclusiveMinimum"] ?? -1;
        var high = (double?)schema["maximum"] ?? (double?)schema["exclusiveMaximum"] ?? low + 5;
        var within = Math.Round(low + (random.NextDouble() * (high - low)), 3);
        return random.Next(8) switch { 0 => low - 0.25, 1 => high + 0.25, 2 => low, 3 => high, _ => within };
    }

    private int Near(int low, int high)
        => random.Next(8) switch { 0 => Math.Max(low - 1, 0), 1 => high + 1, 2 => low, 3 => high, _ => random.Next(low, Math.Max(high, low) + 1) };
}
