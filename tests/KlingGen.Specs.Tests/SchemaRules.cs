using System.Globalization;
using System.Text.Json;

namespace KlingGen.Specs.Tests;

/// <summary>
/// Judges a request by the words that overlays use, which NJsonSchema does not know: conditions, dependencies, counts
/// of matching items, our own rules. Written from the meaning of the words in JSON Schema 2020-12, apart from the
/// product, so that it can be asked for a second opinion.
/// </summary>
internal sealed class SchemaRules(JsonObject document)
{
    public static IReadOnlyList<string> Problems(JsonObject document, string type, JsonNode? instance) =>
        [.. new SchemaRules(document).Judge(document.Schema(type), instance)];

    /// <summary>The media limits of a property of this request: its own, and those of every condition that holds, which come later and win.</summary>
    public static JsonObject MediaConstraints(JsonObject document, string type, JsonObject request, string property)
    {
        var schema = document.Schema(type);
        var constraints = SpecDocument.WithoutNull(schema["properties"]![property]!.AsObject())["x-fal"]?.DeepClone().AsObject() ?? [];
        foreach (var rule in schema["allOf"]?.AsArray() ?? [])
        {
            if (rule!["then"]?["properties"]?[property]?["x-fal"] is not JsonObject more) continue;
            if (!new SchemaRules(document).Holds(rule["if"]!, request)) continue;
            foreach (var (key, value) in more) constraints[key] = value!.DeepClone();
        }

        return constraints;
    }

    private bool Holds(JsonNode schema, JsonNode? instance) => !Judge(schema.AsObject(), instance).Any();

    private IEnumerable<string> Judge(JsonObject schema, JsonNode? instance)
    {
        if (SpecDocument.ReferenceName(schema) is { } name)
        {
            foreach (var problem in Judge(document.Schema(name), instance)) yield return problem;
        }

        if (schema["anyOf"] is JsonArray any && !any.Any(s => Holds(s!, instance))) yield return "anyOf: none holds";
        if (schema["oneOf"] is JsonArray one && one.Count(s => Holds(s!, instance)) != 1) yield return "oneOf: not exactly one holds";
        if (schema["not"] is { } not && Holds(not, instance)) yield return "not: holds";
        foreach (var part in schema["allOf"]?.AsArray() ?? [])
        {
            foreach (var problem in Judge(part!.AsObject(), instance)) yield return problem;
        }

        if (schema["if"] is { } condition && schema[Holds(condition, instance) ? "then" : "else"] is JsonObject branch)
        {
            foreach (var problem in Judge(branch, instance)) yield return problem;
        }

        foreach (var problem in Value(schema, instance)) yield return problem;
    }

    private IEnumerable<string> Value(JsonObject schema, JsonNode? instance)
    {
        if ((string?)schema["type"] is { } type && !IsOf(type, instance)) yield return $"type: not {type}";
        if (schema["enum"] is JsonArray values && !values.Any(v => JsonNode.DeepEquals(v, instance))) yield return "enum";
        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, instance)) yield return "const";
        var problems = instance switch
        {
            JsonObject o => Members(schema, o).Concat(OwnRules(schema, o)),
            JsonArray a => Items(schema, a),
            JsonValue v => Constraints(schema, v),
            _ => [],
        };
        foreach (var problem in problems) yield return problem;
    }

    private IEnumerable<string> Members(JsonObject schema, JsonObject instance)
    {
        foreach (var missing in SpecDocument.Strings(schema["required"]).Where(n => !instance.ContainsKey(n))) yield return $"required: {missing}";
        foreach (var (given, others) in schema["dependentRequired"]?.AsObject() ?? [])
        {
            if (!instance.ContainsKey(given)) continue;
            foreach (var missing in SpecDocument.Strings(others).Where(n => !instance.ContainsKey(n)))
                yield return $"dependentRequired: {given} needs {missing}";
        }

        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (!instance.TryGetPropertyValue(name, out var value)) continue;
            foreach (var problem in Judge(property!.AsObject(), value)) yield return $"{name}: {problem}";
        }
    }

    private IEnumerable<string> Items(JsonObject schema, JsonArray instance)
    {
        if (instance.Count < ((int?)schema["minItems"] ?? 0)) yield return "minItems";
        if (instance.Count > ((int?)schema["maxItems"] ?? int.MaxValue)) yield return "maxItems";
        if (schema["contains"] is { } contains)
        {
            var count = instance.Count(i => Holds(contains, i));
            if (count < ((int?)schema["minContains"] ?? 1)) yield return "minContains";
            if (count > ((int?)schema["maxContains"] ?? int.MaxValue)) yield return "maxContains";
        }

        if (schema["items"] is not JsonObject items) yield break;
        foreach (var problem in instance.SelectMany(i => Judge(items, i))) yield return problem;
    }

    private static IEnumerable<string> Constraints(JsonObject schema, JsonValue instance)
    {
        var longest = (int?)schema["maxLength"] ?? int.MaxValue;
        if (instance.TryGetValue<string>(out var text) && text.EnumerateRunes().Count() > longest) yield return "maxLength";
        if (instance.GetValueKind() != JsonValueKind.Number) yield break;
        var number = Number(instance);
        if (schema["minimum"] is { } minimum && number < Number(minimum)) yield return "minimum";
        if (schema["maximum"] is { } maximum && number > Number(maximum)) yield return "maximum";
    }

    private IEnumerable<string> OwnRules(JsonObject schema, JsonObject instance)
    {
        foreach (var rule in schema["x-klinggen-rules"]?.AsArray() ?? [])
        {
            var holds = (string)rule!["rule"]! switch
            {
                "maxSum" => Sum(schema, rule, instance) <= Number(rule["maximum"]!),
                "minDifference"
                    => TryNumber(instance[(string)rule["from"]!]) is not { } from || TryNumber(instance[(string)rule["to"]!]) is not { } to
                    || to - from >= Number(rule["minimum"]!),
                var other => throw new InvalidOperationException($"The rule '{other}' is not known."),
            };
            if (!holds) yield return (string)rule["rule"]!;
        }
    }

    /// <summary>
    /// A number may be written as a word, as fal writes seconds; an item that leaves it out counts with the default.
    /// What is no number is not counted: its type is wrong, which is said elsewhere.
    /// </summary>
    private double Sum(JsonObject schema, JsonNode rule, JsonObject instance)
    {
        string list = (string)rule["list"]!, member = (string)rule["member"]!;
        var items = SpecDocument.WithoutNull(schema["properties"]![list]!.AsObject())["items"]!.AsObject();
        var standard = document.Resolve(items)["properties"]![member]!["default"];
        return (instance[list] as JsonArray ?? []).OfType<JsonObject>().Sum(item => TryNumber(item[member] ?? standard) ?? 0);
    }

    private static double? TryNumber(JsonNode? value) =>
        double.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double Number(JsonNode value) => double.Parse(value.ToString(), CultureInfo.InvariantCulture);

    private static bool IsOf(string type, JsonNode? instance) => (type, instance?.GetValueKind()) switch
    {
        ("null", null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
        ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => Number(instance!) == Math.Floor(Number(instance!)),
        _ => false,
    };
}
