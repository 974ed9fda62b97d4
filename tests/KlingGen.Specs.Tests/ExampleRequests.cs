namespace KlingGen.Specs.Tests;

/// <summary>Requests made from the examples and defaults of a document. The overlay decides which properties go together.</summary>
internal static class ExampleRequests
{
    /// <summary>Only what is required.</summary>
    public static JsonObject Smallest(JsonObject document) => Object(document, document.Schema(document.InputName()), everything: false);

    /// <summary>All that may stand together: of properties that exclude each other, the first.</summary>
    public static JsonObject Fullest(JsonObject document) => Object(document, document.Schema(document.InputName()), everything: true);

    /// <summary>As <see cref="Fullest"/>, but with the other one of two properties that exclude each other; null where there is no choice.</summary>
    public static JsonObject? Alternative(JsonObject document)
    {
        var type = document.Schema(document.InputName());
        var choices = Choices(type);
        return choices.Count < 2 ? null : Object(document, type, everything: true, choices[1]);
    }

    /// <summary>A value of the schema, from its example, its default, or as simple as its limits allow.</summary>
    public static JsonNode Value(JsonObject document, JsonObject schema)
    {
        if (schema["examples"] is JsonArray { Count: > 0 } examples) return examples[0]!.DeepClone();
        if (schema["default"] is { } standard) return standard.DeepClone();
        var value = SpecDocument.WithoutNull(document.Resolve(SpecDocument.WithoutNull(schema)));
        if (value["enum"] is JsonArray words) return words[0]!.DeepClone();
        if (value["const"] is { } constant) return constant.DeepClone();
        return (string?)value["type"] switch
        {
            "object" => Object(document, value, everything: true),
            "array" => new JsonArray([.. Enumerable.Range(0, (int?)value["minItems"] ?? 1).Select(_ => Value(document, value["items"]!.AsObject()))]),
            "string" => "text",
            "boolean" => true,
            "integer" or "number" => value["minimum"]?.DeepClone() ?? 1,
            var other => throw new InvalidOperationException($"No value is known for the type '{other}'."),
        };
    }

    private static JsonObject Object(JsonObject document, JsonObject type, bool everything, IReadOnlyList<string>? choice = null)
    {
        var required = SpecDocument.Strings(type["required"]);
        var choices = Choices(type);
        choice ??= choices.Count > 0 ? choices[0] : [];
        var left = choices.SelectMany(c => c).Except(choice).ToList();
        var result = new JsonObject();
        foreach (var (name, property) in type["properties"]!.AsObject())
        {
            if (required.Contains(name) || choice.Contains(name) || (everything && !left.Contains(name)))
                result[name] = Value(document, property!.AsObject());
        }

        return result;
    }

    /// <summary>Groups of properties of which exactly one may be given. What merely excludes each other is a choice as well.</summary>
    private static List<IReadOnlyList<string>> Choices(JsonObject type)
    {
        if (type["oneOf"] is JsonArray groups) return [.. groups.Select(g => SpecDocument.Strings(g!["required"]))];
        if (type["not"]?["required"] is JsonArray excluded) return [.. SpecDocument.Strings(excluded).Select(n => new[] { n })];
        return [];
    }
}
