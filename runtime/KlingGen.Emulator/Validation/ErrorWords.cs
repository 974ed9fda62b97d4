using System.Globalization;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Fal.Emulation;

/// <summary>The type, message and context of each kind of error: fal's own if its documentation has them, otherwise pydantic's.</summary>
internal readonly record struct ErrorWords(string Type, string Message, JsonObject? Context = null)
{
    public static bool IsTypeError(ValidationErrorKind kind) => kind is ValidationErrorKind.StringExpected or ValidationErrorKind.NumberExpected
        or ValidationErrorKind.IntegerExpected or ValidationErrorKind.BooleanExpected or ValidationErrorKind.ObjectExpected
        or ValidationErrorKind.ArrayExpected
        or ValidationErrorKind.NullExpected or ValidationErrorKind.NoTypeValidates;

    public static ErrorWords FromError(ValidationError error, JToken? value)
    {
        var schema = error.Schema?.ActualSchema ?? new JsonSchema();
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => new("missing", "Field required"),
            ValidationErrorKind.StringExpected => new("string_type", "Input should be a valid string"),
            ValidationErrorKind.NumberExpected => new("float_type", "Input should be a valid number"),
            ValidationErrorKind.IntegerExpected when value?.Type == JTokenType.Float =>
                new("int_from_float", "Input should be a valid integer, got a number with a fractional part"),
            ValidationErrorKind.IntegerExpected => new("int_type", "Input should be a valid integer"),
            ValidationErrorKind.BooleanExpected => new("bool_type", "Input should be a valid boolean"),
            ValidationErrorKind.ObjectExpected => new("dict_type", "Input should be a valid dictionary"),
            ValidationErrorKind.ArrayExpected => new("list_type", "Input should be a valid list"),
            ValidationErrorKind.NullExpected => new("none_required", "Input should be None"),
            ValidationErrorKind.NotInEnumeration => OneOf(schema),
            ValidationErrorKind.NumberTooSmall => TooSmall(schema),
            ValidationErrorKind.NumberTooBig or ValidationErrorKind.IntegerTooBig => TooBig(schema),
            ValidationErrorKind.NumberNotMultipleOf or ValidationErrorKind.IntegerNotMultipleOf =>
                Limit("multiple_of", "Input should be a multiple of {0}", "multiple_of", schema.MultipleOf),
            ValidationErrorKind.StringTooShort => Limit(
                "string_too_short",
                "String should have at least {0} characters",
                "min_length",
                schema.MinLength),
            ValidationErrorKind.StringTooLong => Limit(
                "string_too_long",
                "String should have at most {0} characters",
                "max_length",
                schema.MaxLength),
            ValidationErrorKind.PatternMismatch => new(
                "string_pattern_mismatch", $"String should match pattern '{schema.Pattern}'", new JsonObject { ["pattern"] = schema.Pattern }),
            ValidationErrorKind.TooFewItems => Limit("sequence_too_short", "List should have at least {0} items", "min_length", schema.MinItems),
            ValidationErrorKind.TooManyItems => Limit("sequence_too_long", "List should have at most {0} items", "max_length", schema.MaxItems),
            ValidationErrorKind.ItemsNotUnique => new("value_error", "Value error, List items should be unique"),
            ValidationErrorKind.NoAdditionalPropertiesAllowed => new("extra_forbidden", "Extra inputs are not permitted"),
            var kind => new("value_error", $"Value error, {kind}"),
        };
    }

    private static ErrorWords OneOf(JsonSchema schema)
    {
        var expected = new JsonArray([.. schema.Enumeration.Select(value => JsonNode.Parse(JsonConvert.SerializeObject(value)))]);
        return new("one_of", $"Input should be one of {expected.ToJsonString(WireJson.Options)}", new JsonObject { ["expected"] = expected });
    }

    // An exclusive bound is a number in newer documents, and a boolean beside the inclusive bound in older ones.
    private static ErrorWords TooSmall(JsonSchema schema)
        => (schema.ExclusiveMinimum ?? (schema.IsExclusiveMinimum ? schema.Minimum : null)) is { } above
            ? Limit("greater_than", "Input should be greater than {0}", "gt", above)
            : Limit("greater_than_equal", "Input should be greater than or equal to {0}", "ge", schema.Minimum);

    private static ErrorWords TooBig(JsonSchema schema)
        => (schema.ExclusiveMaximum ?? (schema.IsExclusiveMaximum ? schema.Maximum : null)) is { } below
            ? Limit("less_than", "Input should be less than {0}", "lt", below)
            : Limit("less_than_equal", "Input should be less than or equal to {0}", "le", schema.Maximum);

    private static ErrorWords Limit(string type, string message, string name, decimal? limit)
        => new(type, string.Format(CultureInfo.InvariantCulture, message, limit), new JsonObject { [name] = limit });
}
