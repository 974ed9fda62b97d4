namespace KlingGen.Specs.Tests;

/// <summary>
/// What a spec says about one property, without words. Reading is strict: a keyword that is not known here fails, so that nothing in a spec escapes
/// the comparison with the facts and the digest.
/// </summary>
internal static class PropertyFacts
{
    private static readonly HashSet<string> Words = ["title", "description", "examples"];
    private static readonly string[] Constraints = ["enum", "const", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"];

    public static IReadOnlyList<JsonObject> OfType(JsonObject type)
    {
        var required = SpecDocument.Strings(type["required"]);
        return [.. type["properties"]!.AsObject().Select(p => Of(p.Key, p.Value!.AsObject(), required.Contains(p.Key)))];
    }

    private static JsonObject Of(string name, JsonObject schema, bool required)
    {
        var nullable = SpecDocument.AllowsNull(schema);
        var fact = new JsonObject { ["name"] = name, ["type"] = "", ["required"] = required, ["nullable"] = nullable };
        var value = schema;
        if (nullable)
        {
            var beside = schema.Select(p => p.Key).Except([.. Words, "anyOf", "default"]).ToList();
            Assert.True(beside.Count == 0, $"{name}: {string.Join(", ", beside)} belongs inside the branch of anyOf, as fal writes it.");
            value = schema["anyOf"]!.AsArray()[0]!.AsObject();
        }

        fact["type"] = TypeAndLimits(name, value, fact);
        if (schema["default"] is { } standard) fact["default"] = standard.DeepClone();
        return fact;
    }

    private static string TypeAndLimits(string name, JsonObject schema, JsonObject fact)
    {
        foreach (var (key, value) in schema)
        {
            if (Words.Contains(key) || key is "type" or "$ref" or "items" or "default") continue;
            if (key == "ui") fact["ui"] = value!["field"]!.DeepClone();
            else if (key == "x-fal" || Constraints.Contains(key)) fact[key] = value!.DeepClone();
            else Assert.Fail($"{name}: the keyword '{key}' is not known to the comparison.");
        }

        if (SpecDocument.ReferenceName(schema) is { } reference) return "object " + reference;
        var type = (string)schema["type"]!;
        return type == "array" ? "array of " + TypeAndLimits(name, schema["items"]!.AsObject(), fact) : type;
    }
}
