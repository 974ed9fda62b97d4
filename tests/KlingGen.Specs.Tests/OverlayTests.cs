using System.Text.RegularExpressions;

namespace KlingGen.Specs.Tests;

/// <summary>Overlays name what exists, and say it in the words that the generator reads.</summary>
public sealed partial class OverlayTests
{
    private static readonly HashSet<string> Keywords =
    [
        "title", "maxItems", "minItems", "minimum", "maximum", "maxLength", "x-fal", "x-enum-varnames", "x-klinggen-name", "x-klinggen-enum",
        "x-klinggen-rules", "x-klinggen-capabilities", "oneOf", "allOf", "not",
        "dependentRequired", "contains", "minContains", "maxContains",
    ];

    private static readonly HashSet<string> MediaConstraints =
    [
        "max_file_size", "min_duration", "max_duration", "min_width", "max_width", "min_height", "max_height", "min_aspect_ratio", "max_aspect_ratio",
        "min_fps", "max_fps", "extensions",
    ];

    public static TheoryData<string> Overlays => SpecFolder.AsTheory(SpecFolder.Overlays);

    [Theory]
    [MemberData(nameof(Overlays))]
    public void An_overlay_belongs_to_the_spec_beside_it(string file)
    {
        var overlay = SpecFolder.Read(file);
        Assert.Equal(["overlay", "info", "extends", "actions"], overlay.Select(p => p.Key));
        Assert.Equal("1.0.0", (string?)overlay["overlay"]);
        Assert.NotEmpty((string)overlay["info"]!["title"]!);
        Assert.NotEmpty((string)overlay["info"]!["version"]!);
        Assert.Equal(Path.GetFileName(SpecFolder.DocumentOf(file)), (string?)overlay["extends"]);
        Assert.Contains(SpecFolder.DocumentOf(file), SpecFolder.Documents);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_target_exists_and_every_update_adds_something_that_is_known(string file)
    {
        var document = SpecFolder.Read(SpecFolder.DocumentOf(file));
        var actions = Overlay.Actions(SpecFolder.Read(file));
        Assert.NotEmpty(actions);
        foreach (var action in actions)
        {
            Assert.Equal(["target", "description", "update"], action.Select(p => p.Key));
            Assert.EndsWith(".", (string)action["description"]!, StringComparison.Ordinal);
            var target = Overlay.Target(document, (string)action["target"]!);
            Assert.True(target is not null, $"{file}: there is no {action["target"]}");
            foreach (var (key, value) in action["update"]!.AsObject())
            {
                Assert.Contains(key, Keywords);
                if (key == "x-fal") Assert.All(value!.AsObject(), limit => Assert.Contains(limit.Key, MediaConstraints));
                else Assert.False(target.ContainsKey(key), $"{file}: the spec says {key} itself");
            }
        }

        Overlay.Apply(SpecFolder.Read(file), document);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_property_named_inside_a_rule_exists(string file)
    {
        var document = SpecFolder.Read(SpecFolder.DocumentOf(file));
        foreach (var action in Overlay.Actions(SpecFolder.Read(file)))
        {
            var target = Overlay.Target(document, (string)action["target"]!)!;
            if (target["properties"] is JsonObject properties)
                Assert.All(NamesIn(action["update"]!), name => Assert.True(properties.ContainsKey(name), $"{file}: {name}"));
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Names_of_enum_values_are_unique_identifiers_for_the_values_of_the_document(string file)
    {
        var document = SpecFolder.Read(SpecFolder.DocumentOf(file));
        foreach (var action in Overlay.Actions(SpecFolder.Read(file)))
        {
            var names = NamesOfValues(file, action["update"]!);
            if (names is null) continue;
            var values = ValuesAt(document, action);
            Assert.Equal(values.Count, names.Count);
            Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(names, name => Assert.Matches(Identifier(), name));
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void A_shared_enum_is_bound_to_the_values_of_the_document(string file)
    {
        var document = SpecFolder.Read(SpecFolder.DocumentOf(file));
        foreach (var action in Overlay.Actions(SpecFolder.Read(file)))
        {
            if (Shared(file, action["update"]!) is { } shared) Assert.Equal(ValuesAt(document, action).Order(StringComparer.Ordinal),
                ValuesOf(shared).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Shared_enums_are_used_and_documented()
    {
        Assert.NotEmpty(SpecFolder.EnumFiles);
        foreach (var file in SpecFolder.EnumFiles)
        {
            var folder = file[..(file.LastIndexOf('/') + 1)];
            var used = SpecFolder.Overlays.Where(overlay => overlay.StartsWith(folder, StringComparison.Ordinal))
                .SelectMany(overlay => Overlay.Actions(SpecFolder.Read(overlay)))
                .Select(action => (string?)action["update"]!["x-klinggen-enum"]).OfType<string>();
            var defined = SpecFolder.Read(file)["x-klinggen-enums"]!.AsObject();
            Assert.Equal(defined.Select(one => one.Key), used.Distinct().Order(StringComparer.Ordinal));
            Assert.All(defined, one => Assert.EndsWith(".", (string)one.Value!["description"]!, StringComparison.Ordinal));
        }
    }

    private static JsonObject? Shared(string file, JsonNode update)
        => (string?)update["x-klinggen-enum"] is { } name ? SpecFolder.EnumsFor(file)[name]!.AsObject() : null;

    private static List<string> ValuesOf(JsonObject shared)
        => shared["values"] is JsonObject named ? [.. named.Select(value => value.Key)] : [.. SpecDocument.Strings(shared["values"])];

    private static List<string> ValuesAt(JsonObject document, JsonObject action)
    {
        var schema = SpecDocument.WithoutNull(Overlay.Target(document, (string)action["target"]!)!);
        return schema["const"] is { } only ? [(string)only!] : [.. SpecDocument.Strings(schema["enum"])];
    }

    private static List<string>? NamesOfValues(string file, JsonNode update)
    {
        if (update["x-enum-varnames"] is JsonObject names) return [.. names.Select(value => (string)value.Value!)];
        return Shared(file, update)?["values"] is JsonObject named ? [.. named.Select(value => (string)value.Value!)] : null;
    }

    /// <summary>
    /// The properties that a rule names by <c>required</c>, <c>properties</c>, <c>dependentRequired</c> or <c>x-klinggen-rules</c>.
    /// </summary>
    private static IEnumerable<string> NamesIn(JsonNode rule) => rule switch
    {
        JsonArray items => items.SelectMany(i => NamesIn(i!)),
        JsonObject o => o.SelectMany(p => (p.Key, p.Value) switch
        {
            ("required", JsonArray names) => SpecDocument.Strings(names),
            ("properties", JsonObject properties) => properties.Select(q => q.Key),
            ("dependentRequired", JsonObject pairs) => pairs.SelectMany(q => SpecDocument.Strings(q.Value).Append(q.Key)),
            ("list" or "from" or "to", JsonValue name) => [(string)name!],
            (_, { } inner) => NamesIn(inner),
            _ => [],
        }),
        _ => [],
    };

    [GeneratedRegex("^[A-Z][A-Za-z0-9_]*$")]
    private static partial Regex Identifier();
}
