using System.Globalization;
using Microsoft.OpenApi;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Microsoft.OpenApi's reading of a schema, in one line: its kind, its limits, what it may be chosen from, what it holds.</summary>
internal static class OpenApiFacts
{
    public static string Of(IOpenApiSchema? schema, int depth = 0)
    {
        if (schema is null || depth > 12) return "any";
        if (schema is OpenApiSchemaReference { Target: null }) return "any";
        var own = Own(schema, depth);
        var isNullable = schema.Type is { } type && type.HasFlag(JsonSchemaType.Null) && type != JsonSchemaType.Null;
        return own is "any" or "any?" ? "any" : isNullable && !own.EndsWith('?') ? own + "?" : own;
    }

    private static string Own(IOpenApiSchema schema, int depth)
    {
        if (schema.AllOf is { Count: 1 } all) return Of(all[0], depth + 1);
        var choices = (schema.AnyOf is { Count: > 0 } any ? any : schema.OneOf) ?? [];
        var real = choices.Where(choice => choice.Type != JsonSchemaType.Null).ToArray();
        var isNullable = real.Length < choices.Count;
        if (real.Length == 1 && schema.Enum is not { Count: > 0 })
            return Of(real[0], depth + 1).TrimEnd('?') + (isNullable || Of(real[0], depth + 1).EndsWith('?') ? "?" : "");
        if (real.Length > 1) return "choice("
            + string.Join(" | ", real.Select(choice => Of(choice, depth + 1)).Distinct().Order(StringComparer.Ordinal))
            + ")"
            + (isNullable ? "?" : "");
        if (schema.Const is { } constant) return "enum(" + constant + ")";
        if (schema.Enum is { Count: > 0 } values)
            return "enum(" + string.Join(",", values.Where(value => value is not null && value.GetValueKind() != System.Text.Json.JsonValueKind.Null)
                .Select(value => value!.ToString())
                .Distinct()) + ")" + (isNullable ? "?" : "");
        return ((schema.Type ?? 0) & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.String => "text" + Constraints(("from", schema.MinLength), ("to", schema.MaxLength), ("like", schema.Pattern)),
            JsonSchemaType.Integer => "integer" + Range(schema),
            JsonSchemaType.Number => "number" + Range(schema),
            JsonSchemaType.Boolean => "boolean",
            JsonSchemaType.Array
                => "list" + Constraints(("from", schema.MinItems), ("to", schema.MaxItems), ("unique", schema.UniqueItems == true ? "yes" : null))
                    + " of (" + Of(schema.Items, depth + 1) + ")",
            JsonSchemaType.Object when schema.Properties is { Count: > 0 } => "object",
            JsonSchemaType.Object when schema.AdditionalProperties is { } element && Of(element, depth + 1) != "any"
                => "map" + Constraints(("from", schema.MinProperties), ("to", schema.MaxProperties)) + " of (" + Of(element, depth + 1) + ")",
            _ => schema.Properties is { Count: > 0 } ? "object" : "any",
        };
    }

    private static string Range(IOpenApiSchema schema) => Constraints(
        ("from", Number(schema.Minimum)), ("to", Number(schema.Maximum)), ("above", Number(schema
            .ExclusiveMinimum)), ("below", Number(schema.ExclusiveMaximum)),
        ("step", schema.MultipleOf is { } step ? Number(step.ToString(CultureInfo.InvariantCulture)) : null));

    /// <summary>Numbers as both readings would print them.</summary>
    public static string? Number(string? text)
        => text is null ? null : double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    public static string Constraints(params (string Word, object? Value)[] constraints)
    {
        var given = constraints.Where(limit
            => limit.Value is not null).Select(limit => limit.Word + " " + Convert.ToString(limit.Value, CultureInfo.InvariantCulture));
        return string.Join(", ", given) is { Length: > 0 } text ? "[" + text + "]" : "";
    }
}
