using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>Generates a value that is valid for a schema: its example if it has one, otherwise a value from its constraints.</summary>
/// <param name="document">The document that resolves references.</param>
/// <param name="media">Generates the files.</param>
/// <param name="random">Chooses where the schema allows several values.</param>
/// <param name="useExamples">Whether examples and defaults are used; those of a document may be invalid for its own
/// schema.</param>
internal sealed class ValueMaker(ServedDocument document, MediaPlacer media, Random random, bool useExamples)
{
    // From LeanDepth on only required values are generated, so that a recursive schema ends. At MostDepth the value is always null.
    private const int LeanDepth = 6;
    private const int MostDepth = 24;

    private readonly ScalarMaker _scalars = new(random);

    public JsonNode? Make(JsonNode? schema, MediaHint hint) => Make(SchemaView.ForSchema(document, schema), hint, 0);

    private JsonNode? Make(SchemaView schema, MediaHint hint, int depth)
    {
        if (schema.Has("const")) return schema["const"]?.DeepClone();
        if (useExamples && Example(schema) is { } example) return media.Replace(example.DeepClone(), schema, hint);
        if (useExamples && schema["default"] is { } usual) return media.Replace(usual.DeepClone(), schema, hint);
        if (schema.List("enum") is { Count: > 0 } words) return words[random.Next(words.Count)]?.DeepClone();
        if (depth >= LeanDepth && schema.AllowsNull || depth >= MostDepth) return null;
        if (schema.Choices is [_, ..] choices) return Make(Choose(schema, choices, depth), hint, depth + 1);
        return TypeOf(schema) switch
        {
            "object" => MakeObject(schema, hint, depth),
            "array" => MakeList(schema, hint, depth),
            "string" => IsUrl(schema, hint) ? media.Url(hint) : _scalars.Text(schema, hint.Name),
            "integer" => _scalars.Integer(schema),
            "number" => _scalars.Number(schema),
            "boolean" => random.Next(2) == 1,
            _ => schema.AllowsNull ? null : new JsonObject(),
        };
    }

    private static JsonNode? Example(SchemaView schema) => schema["examples"] is JsonArray { Count: > 0 } examples ? examples[0] : schema["example"];

    // The first branch is usually the main one. From LeanDepth on, a branch without nested values is chosen.
    private SchemaView Choose(SchemaView schema, IReadOnlyList<JsonNode?> choices, int depth)
    {
        var views = choices.Select(choice => SchemaView.ForSchema(document, choice)).ToList();
        var chosen = depth < LeanDepth ? 0 : Math.Max(0, views.FindIndex(view => TypeOf(view) is not ("object" or "array")));
        return schema.With(choices[chosen]);
    }

    private static string? TypeOf(SchemaView schema)
        => schema.Types.FirstOrDefault(type => type != "null")
            ?? (schema.Has("properties") || schema.Has("additionalProperties") ? "object"
                : schema.Has("items") || schema.Has("prefixItems") ? "array"
                : schema.Has("minLength") || schema.Has("maxLength") || schema.Has("format") ? "string"
                : schema.Has("minimum") || schema.Has("maximum") || schema.Has("multipleOf") ? "number"
                : null);

    private JsonObject MakeObject(SchemaView schema, MediaHint hint, int depth)
    {
        var made = new JsonObject();
        var required = schema.Required;
        foreach (var (name, property) in schema.Properties)
        {
            var view = SchemaView.ForSchema(document, property);
            // Binary data has no representation in JSON, and fal omits it where it is optional.
            if (!required.Contains(name) && (depth >= LeanDepth || IsBinary(view))) continue;
            made[name] = Make(view, hint.For(name, view), depth + 1);
        }
        foreach (var name in required.Where(name => !made.ContainsKey(name))) made[name] = MakeUndeclared(schema, hint, name, depth);
        if (schema.Properties.Count == 0 && schema["additionalProperties"] is JsonObject { Count: > 0 })
        {
            var count = Math.Max(depth >= LeanDepth ? 0 : 1, schema.Largest("minProperties") ?? 0);
            for (var i = 1; made.Count < count; i++) made[$"key_{i}"] = MakeUndeclared(schema, hint, $"key_{i}", depth);
        }
        if (made["url"] is JsonValue url && MediaPlacer.IsUrl(url.ToString())) media.Fill(made, schema, hint, isExample: false);
        return made;
    }

    private JsonNode? MakeUndeclared(SchemaView schema, MediaHint hint, string name, int depth)
    {
        var view = SchemaView.ForSchema(document, schema["additionalProperties"]);
        return Make(view, hint.For(name, view), depth + 1);
    }

    private JsonArray MakeList(SchemaView schema, MediaHint hint, int depth)
    {
        var list = new JsonArray();
        foreach (var item in schema.List("prefixItems") ?? schema.List("items") ?? [])
            list.Add(Make(SchemaView.ForSchema(document, item), hint, depth + 1));
        var least = schema.Largest("minItems") ?? 0;
        var wanted = Math.Min(depth >= LeanDepth || list.Count > 0 ? least : Math.Max(least, 1), schema.Smallest("maxItems") ?? int.MaxValue);
        var isSet = schema["uniqueItems"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;
        // A set may have fewer possible values than required; then the list stays shorter.
        for (var tries = 0; list.Count < wanted && tries < 1000; tries++)
        {
            var item = Make(schema.Items, hint, depth + 1);
            if (!isSet || !list.Any(known => JsonNode.DeepEquals(known, item))) list.Add(item);
        }
        return list;
    }

    private static bool IsBinary(SchemaView schema)
        => schema.Text("format") == "binary" || schema.Choices.OfType<JsonObject>().Any(choice => choice["format"]?.ToString() == "binary");

    private static bool IsUrl(SchemaView schema, MediaHint hint)
        => schema.Text("format") is "uri" or "url" || hint.Name is "url" or "urls"
            || hint.Name.EndsWith("_url", StringComparison.Ordinal) || hint.Name.EndsWith("_urls", StringComparison.Ordinal);
}
